import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, expect, it } from 'vitest'
import { runWorker } from '../src/plan/run-worker.ts'
import { Turns } from '../src/plan/turns.ts'

const folder = mkdtempSync(join(tmpdir(), 'koa-alb-bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

const right = `({ statusCode: 200, isBase64Encoded: false,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{"id":42,"name":"Ada Lovelace","roles":["admin","editor"],"active":true}' })`
const cases = [{ scenario: 'json', mode: 'single' }] as const
const pace = { warmupMs: 1, rewarmMs: 1, sliceMs: 1, slices: 2 }

it('reports a time for each slice of a right answer', async () => {
  const worker = await workerOf('right', right)
  const [measurement] = await runWorker(process.execPath, worker, { kind: 'time', cases, pace })
  const counts = Object.entries(measurement?.figures ?? {}).map(([name, values]) => [
    name,
    values.length,
  ])
  expect(Object.fromEntries(counts)).toEqual({ earlyNs: 1, unitNs: 2, handlerNs: 2, cpuNs: 2 })
  expect(measurement?.wrong).toBeUndefined()
})

it('lets workers take turns, slice by slice', async () => {
  const log = join(folder, 'turns')
  const logging = (name: string): string =>
    `(fs.appendFileSync(${JSON.stringify(log)}, '${name}'), ${right})`
  const turns = new Turns()
  const task = { kind: 'time', cases, pace } as const
  await Promise.all(
    ['a', 'b'].map(async (name) => {
      const worker = await workerOf(name, logging(name))
      return runWorker(process.execPath, worker, task, { turns })
    }),
  )
  // Start and warm-up, two slices, the last answer.
  expect(readFileSync(log, 'utf8').replaceAll(/(.)\1*/g, '$1')).toMatch(/^(?:ab){4}$|^(?:ba){4}$/)
})

it.each([
  [{ kind: 'overlap', levels: [1, 10], pace }, ['overlap1Ns', 'overlap10Ns']],
  [{ kind: 'allocation', cases, pace }, ['allocatedBytes']],
  [{ kind: 'memory', case: cases[0], invocations: 1 }, ['peakBytes', 'peakGrowthBytes']],
] as const)('reports what $0.kind is about', async (task, names) => {
  const worker = await workerOf('right', right)
  const [measurement] = await runWorker(process.execPath, worker, task)
  expect(Object.keys(measurement?.figures ?? {})).toEqual(names)
})

it('reports a wrong answer instead of a time', async () => {
  const worker = await workerOf('wrong', '({ statusCode: 404 })')
  expect(await runWorker(process.execPath, worker, { kind: 'time', cases, pace })).toEqual([
    { scenario: 'json', mode: 'single', wrong: 'status 404, not 200', figures: {} },
  ])
})

it('reports an answer that is wrong only once the handler is warm', async () => {
  const worker = await workerOf(
    'late',
    `({ statusCode: calls++ > 0 ? 404 : 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: '{"id":42,"name":"Ada Lovelace","roles":["admin","editor"],"active":true}' })`,
  )
  expect(await runWorker(process.execPath, worker, { kind: 'time', cases, pace })).toEqual([
    { scenario: 'json', mode: 'single', wrong: 'status 404, not 200', figures: {} },
  ])
})

async function workerOf(name: string, document: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`)
  const contents = `import fs from 'node:fs'
    import { work } from './src/worker/worker.ts'
    let calls = 0
    work(async () => async () => ${document})`
  const resolveDir = fileURLToPath(new URL('..', import.meta.url))
  const stdin = { contents, resolveDir }
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs' })
  return outfile
}
