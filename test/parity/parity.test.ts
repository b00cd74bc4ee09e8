import { env } from 'node:process'
import fc from 'fast-check'
import { afterAll, beforeAll, test } from 'vitest'
import { Parity, type Scenario, scenario } from './parity.ts'

// scripts/parity-long.mjs sets both; without them every run of the suite is the same.
const seed = Number(env.PARITY_SEED ?? 20_260_801)
const numRuns = Number(env.PARITY_RUNS ?? 2000)

let parity: Parity

beforeAll(async () => {
  parity = await Parity.open()
})

afterAll(() => parity.close())

test(`the load balancer gives and takes what app.listen does in ${numRuns} scenarios of seed ${seed}`, async () => {
  const property = fc.asyncProperty(scenario, (drawn) => parity.check(drawn))
  const details = await fc.check(property, { seed, numRuns, timeout: 20_000 })
  if (details.failed) throw new Error(report(details))
}, 3_600_000)

/** The shrunk scenario as JSON, and what it shows. */
function report({
  seed,
  counterexamplePath,
  counterexample,
  errorInstance,
}: fc.RunDetails<[Scenario]>): string {
  const json = JSON.stringify(counterexample?.[0], null, 2)
  const difference = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
  return `seed ${seed}, path ${counterexamplePath}\n${json}\n${difference}`
}
