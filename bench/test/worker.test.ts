import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, expect, it } from 'vitest'
import type { Measurement, Task } from '../src/worker/task.ts'
import { alternate, runWorker } from '../src/worker-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'koa-alb-bench-'))
afterAll(() => rmSync(folder, { recursive: true }))

const right = `({ statusCode: 200, isBase64Encoded: false,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{"id":42,"name":"Ada Lovelace","roles":["admin","editor"],"active":true}' })`
const cases = [{ scenario: 'json', mode: 'single' }] as const
const pace = { warmupMs: 1, rewarmMs: 1, sliceMs: 1, slices: 2 }
const knowsMainThread = process.platform === 'linux' || 'threadCpuUsage' in process
const timing: Task = { kind: 'time', cases, pace }

it('reports a time for each slice of a right answer, a turn for each', async () => {
  // The main thread's is told by Linux, and by Node from 24 on.
  const times = ['unitNs', 'handlerNs', 'cpuNs', ...(knowsMainThread ? ['mainNs'] : [])]
  expect((await measured(await workerOf('right', right))).map(namesOf)).toEqual([
    ['earlyNs'],
    [],
    times,
    times,
  ])
})

it('lets workers take turns, slice by slice', async () => {
  const log = join(folder, 'turns')
  const logging = (name: string): string =>
    `(fs.appendFileSync(${JSON.stringify(log)}, '${name}'), ${right})`
  await alternate(
    new Map([
      ['a', runWorker(process.execPath, await workerOf('a', logging('a')), timing)],
      ['b', runWorker(process.execPath, await workerOf('b', logging('b')), timing)],
    ]),
    () => {},
  )
  // Start, warm-up, two slices, the last answer.
  expect(readFileSync(log, 'utf8').replaceAll(/(.)\1*/g, '$1')).toBe('ababababab')
})

it.each([
  ['overlap', [[], ['overlap1Ns', 'overlap10Ns', 'overlap100Ns']]],
  ['allocation', [['allocatedBytes']]],
  ['memory', [['peakBytes', 'peakGrowthBytes']]],
] as const)('reports what %s is about', async (kind, names) => {
  const worker = await workerOf('right', right)
  const task = { kind, cases, pace: { ...pace, slices: 1 } }
  expect((await measured(worker, task)).map(namesOf)).toEqual(names)
})

it('reports a wrong answer instead of a time', async () => {
  const worker = await workerOf('wrong', '({ statusCode: 404 })')
  expect(await measured(worker)).toEqual([
    { scenario: 'json', mode: 'single', wrong: 'status 404, not 200', figures: {} },
  ])
})

it('reports an answer that is wrong only once the handler is warm', async () => {
  const worker = await workerOf('late', `calls++ > 0 ? { statusCode: 404 } : ${right}`)
  expect((await measured(worker)).at(-1)).toEqual({
    scenario: 'json',
    mode: 'single',
    wrong: 'status 404, not 200',
    figures: {},
  })
})

it.each([
  ['throws', "(() => { throw new Error('no') })()", 'fails: Error: no'],
  ['ends its process', 'process.exit(3)', 'fails: the process ended with 3'],
])('goes on with the others when one %s', async (_, document, wrong) => {
  expect(await besideFailing(document)).toEqual({ wrong, measurementsOfTheOther: 4 })
})

it('goes on with the others when one never answers', async () => {
  const document = 'new Promise(() => setInterval(() => {}, 1000))'
  const wrong = 'fails: no answer within 1500 ms'
  expect(await besideFailing(document, 1500)).toEqual({ wrong, measurementsOfTheOther: 4 })
})

/** One that is right until it is warming up, beside one that stays so. */
async function besideFailing(document: string, limitMs?: number): Promise<object> {
  const found: [id: string, Measurement][] = []
  const failing = await workerOf('failing', `calls++ > 104 ? ${document} : ${right}`)
  const other = await workerOf('other', right)
  await alternate(
    new Map([
      ['failing', runWorker(process.execPath, failing, timing, limitMs)],
      ['other', runWorker(process.execPath, other, timing)],
    ]),
    (...one) => found.push(one),
  )
  return {
    wrong: found.findLast(([id]) => id === 'failing')?.[1].wrong,
    measurementsOfTheOther: found.filter(([id]) => id === 'other').length,
  }
}

async function measured(worker: string, task = timing): Promise<Measurement[]> {
  const measurements: Measurement[] = []
  for await (const one of runWorker(process.execPath, worker, task)) measurements.push(one)
  return measurements
}

function namesOf({ figures }: Measurement): string[] {
  return Object.keys(figures)
}

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
