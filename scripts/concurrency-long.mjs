// npm run concurrency:long: 200 overlapping invocations for a minute, with a seed of their own.
// CONCURRENCY_SECONDS and CONCURRENCY_SEED set another length and repeat a run.
import { randomInt } from 'node:crypto'
import { prepare } from './prepare.mjs'

process.env.CONCURRENCY_SECONDS ??= '60'
process.env.CONCURRENCY_SEED ??= String(randomInt(2 ** 31))
prepare()
process.argv.splice(2, 0, 'run', 'test/concurrency/')
await import('../node_modules/vitest/vitest.mjs')
