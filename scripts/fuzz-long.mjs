// npm run fuzz:long: the fuzz suites with 1,000,000 events and a seed of their own. Each prints the
// seed; FUZZ_SEED=… npm run fuzz:long repeats a run, FUZZ_EVENTS sets its length.
import { randomInt } from 'node:crypto'
import { prepare } from './prepare.mjs'

process.env.FUZZ_EVENTS ??= '1000000'
process.env.FUZZ_SEED ??= String(randomInt(2 ** 31))
prepare()
process.argv.splice(2, 0, 'run', 'test/fuzz/', '-t', ' of seed ')
await import('../node_modules/vitest/vitest.mjs')
