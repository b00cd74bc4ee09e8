import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { bundleAppAlone, bundleFunction, bundleWorker, sizeOf, versionOf } from './bundle.ts'
import { coldStarts } from './cold-starts.ts'
import { type Contestant, contestants } from './contestants/contestants.ts'
import { fullPlan, quickPlan, tasksOf } from './plan.ts'
import type { Line, Results } from './results.ts'
import type { Measurement, Task } from './worker/task.ts'
import { alternate, runWorker } from './worker-process.ts'

export interface Options {
  readonly quick: boolean
  readonly nodes: readonly string[]
  readonly contestants: readonly string[]
  readonly scenarios: readonly string[]
  readonly warm: boolean
}

type Paths = ReadonlyMap<string, string>

/** Measures everything that the options ask for; says on stderr how far it is. */
export async function run(options: Options, write: (line: Line) => void): Promise<void> {
  const started = Date.now()
  const plan = options.quick ? quickPlan : fullPlan
  const chosen = contestants.filter(({ id }) => options.contestants.includes(id))
  const nodes = options.nodes.map((execPath) => toNode(execPath, chosen, write))
  const workers = await bundled(chosen, bundleWorker)
  const functions = await bundled(chosen, bundleFunction)
  const progress = (): void => write({ minutes: (Date.now() - started) / 60_000, load: load() })
  const { quick } = options
  const startedAt = new Date(started).toISOString()
  const bundles = await bundleSizes(functions)
  write({ run: { startedAt, quick, machine: machine(), versions: versionsOf(chosen), bundles } })
  progress()
  for (let round = 0; round < plan.rounds; round += 1) {
    for (const node of nodes) {
      report(`${node.version}: round ${round + 1} of ${plan.rounds}`)
      const taking = node.contestants.filter(
        ({ role }) => role !== 'orientation' || round < plan.orientationRounds,
      )
      for (const task of tasksOf(round, plan, options.scenarios)) {
        await measureTask(node, task, rotated(taking, round), workers)
      }
      progress()
    }
  }
  for (const node of options.warm ? [] : nodes) {
    report(`${node.version}: ${plan.coldStarts} cold starts`)
    const own = new Map(node.contestants.map(({ id }) => [id, functions.get(id) ?? '']))
    for await (const start of coldStarts(node.execPath, own, plan.coldStarts)) node.found(...start)
    progress()
  }
}

async function measureTask(
  { execPath, found }: Node,
  task: Task,
  taking: readonly Contestant[],
  workers: Paths,
): Promise<void> {
  const working = taking.map(({ id, family }) => {
    // What is there for orientation, or the same in both modes, is measured in one.
    const cases = task.cases.filter(({ mode }) => mode === 'single' || family === 'koa')
    return [id, runWorker(execPath, workers.get(id) ?? '', { ...task, cases })] as const
  })
  await alternate(new Map(working), found)
}

/** A Node, who is measured on it, and what is done with what is found. */
interface Node {
  readonly execPath: string
  readonly version: string
  readonly contestants: readonly Contestant[]
  found(this: void, contestant: string, measurement: Measurement): void
}

function toNode(
  execPath: string,
  chosen: readonly Contestant[],
  write: (line: Line) => void,
): Node {
  const version = execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim()
  const major = Number.parseInt(version.slice(1), 10)
  return {
    execPath,
    version,
    contestants: chosen.filter(({ minimumNodeMajor = 0 }) => major >= minimumNodeMajor),
    found: (contestant, measurement) => {
      const { scenario, mode, wrong, figures } = measurement
      if (wrong) report(`${version}: ${contestant}, ${scenario}, ${mode} mode: ${wrong}`)
      // The turn in which a worker warms up has no figures.
      if (wrong || Object.keys(figures).length > 0) write({ version, contestant, ...measurement })
    },
  }
}

/** Nobody is always first. */
function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

async function bundled(
  chosen: readonly Contestant[],
  bundle: (one: Contestant) => Promise<string>,
): Promise<Paths> {
  const paths = new Map<string, string>()
  for (const one of chosen) paths.set(one.id, await bundle(one))
  return paths
}

async function bundleSizes(functions: Paths): Promise<Results['bundles']> {
  const sizes = { 'app-alone': sizeOf(await bundleAppAlone()) }
  for (const [id, path] of functions) Object.assign(sizes, { [id]: sizeOf(path) })
  return sizes
}

function versionsOf(chosen: readonly Contestant[]): Record<string, string> {
  const adapters = chosen.filter(({ role }) => role === 'ours' || role === 'adapter')
  const frameworks = ['koa', 'esbuild', 'hono', 'fastify']
  const names = [...frameworks, ...adapters.map(({ title }) => title), '@fastify/aws-lambda']
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]))
}

function machine(): Results['machine'] {
  const model = cpus()[0]?.model ?? 'unknown'
  return { cpu: model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30) }
}

/** The one-minute average, to the second decimal. */
function load(): number {
  return Number((loadavg()[0] ?? 0).toFixed(2))
}

function report(progress: string): void {
  process.stderr.write(`${progress}\n`)
}
