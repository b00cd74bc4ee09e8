// npm run parity:long: the scenarios of test/parity in number, in batches that each have a seed.
//   PARITY_RUNS   how many in all; default 100,000
//   PARITY_SEED   the seed of the first batch, the others count on from it; default random
// Prints each counterexample, shrunk, and a summary; the exit code is 1 if there was one.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const runs = Number(process.env.PARITY_RUNS ?? 100_000)
const firstSeed = Number(process.env.PARITY_SEED ?? randomInt(1_000_000_000))
const batchRuns = 2500
const batches = Array.from({ length: Math.ceil(runs / batchRuns) }, (_, index) => ({
  seed: firstSeed + index,
  runs: Math.min(batchRuns, runs - index * batchRuns),
}))

prepare()
const startedAt = Date.now()
const title = `${runs} scenarios, seeds ${firstSeed} to ${firstSeed + batches.length - 1}`
console.log(title)
let failures = 0
await Promise.all(Array.from({ length: availableParallelism() }, work))
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1)
const stopped = failures > 0 ? ', each of which ended its batch' : ''
console.log(`${title}: ${failures} counterexamples${stopped}; ${minutes} minutes`)
process.exitCode = failures > 0 ? 1 : 0

async function work() {
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    const output = await run(batch)
    if (output === undefined) continue
    failures += 1
    console.log(output)
  }
}

/** What the batch printed, if it failed. */
function run(batch) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/parity/parity.test.ts']
  const env = { ...process.env, PARITY_SEED: `${batch.seed}`, PARITY_RUNS: `${batch.runs}` }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0 ? undefined : `${Buffer.concat(chunks)}`))
  })
}
