// npm run chaos: a function behind the built command line while everything goes wrong at once, for ten
// minutes (--minutes for another number); --seed repeats what is done. For Linux, so no part of the tests.
import { prepare } from './prepare.mjs'

prepare()
await import('../test/chaos/chaos.mjs')
