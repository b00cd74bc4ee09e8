// npm run soak: 1,000,000 invocations of the example (--count for another number) on the built
// packages; fails when memory grows.
import { setFlagsFromString } from 'node:v8'
import { prepare } from './prepare.mjs'

prepare()
setFlagsFromString('--expose-gc')
await import('../test/soak/soak.mjs')
