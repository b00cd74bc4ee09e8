import { contractInProcess } from './process/contract.ts'

contractInProcess('the bootstrap')
