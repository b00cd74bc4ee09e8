import { appSuite } from './suite.ts'

appSuite((app) => app.callback())
