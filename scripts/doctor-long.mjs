// npm run doctor:long: doctor examines 5,000 random handlers with a seed of their own. It prints the
// seed; FUZZ_SEED=… npm run doctor:long repeats a run, DOCTOR_HANDLERS sets its length.
import { randomInt } from 'node:crypto'
import { prepare } from './prepare.mjs'

process.env.DOCTOR_HANDLERS ??= '5000'
process.env.FUZZ_SEED ??= String(randomInt(2 ** 31))
prepare()
process.argv.splice(2, 0, 'run', 'packages/koa-alb-local/test/doctor/fuzz.test.ts')
await import('../node_modules/vitest/vitest.mjs')
