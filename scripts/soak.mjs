// npm run soak: 1,000,000 invocations (--count for another number) on the built packages, of the
// example or, with --endings, of every way in which one can end; fails when what they hold grows.
import { setFlagsFromString } from 'node:v8'
import { prepare } from './prepare.mjs'

prepare()
setFlagsFromString('--expose-gc')
await import('../test/soak/soak.mjs')
