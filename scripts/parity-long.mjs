// npm run parity:long: the scenarios of test/parity in number, in batches that each have a seed.
//   PARITY_RUNS   how many in all; default 100,000
//   PARITY_SEED   the seed of the first batch, the others count on from it; default random
// Prints each counterexample, shrunk, and a summary; the exit code is 1 if there was one. After five
// it stops.
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

const runs = Number(process.env.PARITY_RUNS ?? 100_000)
const firstSeed = Number(process.env.PARITY_SEED ?? randomInt(1_000_000_000))
const batchRuns = 2500
const mostFailures = 5
const batches = Array.from({ length: Math.ceil(runs / batchRuns) }, (_, index) => ({
  seed: firstSeed + index,
  runs: Math.min(batchRuns, runs - index * batchRuns),
}))

prepare()
const startedAt = Date.now()
const title = `${runs} scenarios, seeds ${firstSeed} to ${firstSeed + batches.length - 1}`
console.log(title)
let failures = 0
let finishedRuns = 0
await Promise.all(Array.from({ length: availableParallelism() }, work))
const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1)
console.log(
  `${finishedRuns} runs without a difference, ${failures} counterexamples, ${minutes} minutes`,
)
process.exitCode = failures > 0 ? 1 : 0

async function work() {
  while (batches.length > 0 && failures < mostFailures) {
    const batch = batches.shift()
    const output = await run(batch)
    if (output === undefined) finishedRuns += batch.runs
    else {
      failures += 1
      console.log(output)
    }
  }
}

/** The counterexample in what the batch printed, or all of that, if it failed. */
function run(batch) {
  const args = ['node_modules/vitest/vitest.mjs', 'run', 'test/parity/parity.test.ts']
  const variables = { PARITY_SEED: `${batch.seed}`, PARITY_RUNS: `${batch.runs}`, NO_COLOR: '1' }
  const env = { ...process.env, ...variables }
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env })
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve(undefined)
      const printed = `${Buffer.concat(chunks)}`
      resolve(/^Error: (seed .*?)\n ❯ /ms.exec(printed)?.[1] ?? printed)
    })
  })
}
