import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import type { Options } from '../arguments.ts'
import { bundleAppAlone, bundleFunction, bundleWorker, sizeOf, versionOf } from '../bundle.ts'
import { type Contestant, contestants } from '../contestants/contestants.ts'
import type { NodeResults, Results } from '../results.ts'
import { measureColdStarts } from './cold-starts.ts'
import { Collection } from './collection.ts'
import { jobsOf } from './jobs.ts'
import { fullPlan, type Plan, quickPlan } from './pace.ts'
import { runWorker } from './run-worker.ts'
import { Turns } from './turns.ts'

interface NodeLine {
  readonly execPath: string
  readonly version: string
  readonly contestants: readonly Contestant[]
  readonly collection: Collection
}

/** Measures everything that the options ask for; says on stderr how far it is. */
export async function run(options: Options): Promise<Results> {
  const started = new Date()
  const loads = [load()]
  const plan = options.quick ? quickPlan : fullPlan
  const chosen = contestants.filter(({ id }) => options.contestants.includes(id))
  const lines = options.nodes.map((execPath) => toLine(execPath, chosen))
  await measureWarm(lines, plan, options.scenarios, chosen, loads)
  for (const { version, execPath, contestants, collection } of options.warm ? [] : lines) {
    report(`${version}: ${plan.coldStarts} cold starts`)
    await measureColdStarts(execPath, contestants, plan.coldStarts, collection)
    loads.push(load())
  }
  return {
    startedAt: started.toISOString(),
    minutes: (Date.now() - started.getTime()) / 60_000,
    quick: options.quick,
    machine: machine(),
    loads,
    versions: versionsOf(chosen),
    bundles: await bundleSizes(chosen),
    nodes: lines.map(
      ({ version, collection }): NodeResults => ({ version, entries: collection.entries() }),
    ),
  }
}

async function measureWarm(
  lines: readonly NodeLine[],
  plan: Plan,
  scenarios: readonly string[],
  chosen: readonly Contestant[],
  loads: number[],
): Promise<void> {
  const workers = new Map<string, string>()
  for (const one of chosen) workers.set(one.id, await bundleWorker(one))
  const rounds = Math.max(plan.rounds, plan.besidesRounds)
  for (let round = 0; round < rounds; round += 1) {
    for (const { version, execPath, contestants, collection } of lines) {
      report(`${version}: round ${round + 1} of ${rounds}`)
      for (const job of jobsOf(round, plan, scenarios)) {
        const turns = new Turns()
        const measureOne = async (contestant: Contestant): Promise<void> => {
          const path = workers.get(contestant.id) ?? ''
          const options = { execArgv: job.flags, turns }
          const task = job.taskFor(contestant)
          for (const measurement of await runWorker(execPath, path, task, options)) {
            collection.add(contestant.id, measurement)
          }
        }
        const taking = contestants.filter((contestant) => round < roundsOf(contestant, plan))
        await Promise.all(rotated(taking, round).map(measureOne))
      }
      loads.push(load())
    }
  }
}

function toLine(execPath: string, chosen: readonly Contestant[]): NodeLine {
  const version = execFileSync(execPath, ['--version'], { encoding: 'utf8' }).trim()
  const major = Number.parseInt(version.slice(1), 10)
  return {
    execPath,
    version,
    contestants: chosen.filter(({ minimumNodeMajor = 0 }) => major >= minimumNodeMajor),
    collection: new Collection(),
  }
}

function roundsOf({ role }: Contestant, plan: Plan): number {
  return role === 'orientation' ? plan.orientationRounds : Number.POSITIVE_INFINITY
}

/** Nobody is always first. */
function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

async function bundleSizes(chosen: readonly Contestant[]): Promise<Results['bundles']> {
  const sizes = { 'app-alone': sizeOf(await bundleAppAlone()) }
  for (const one of chosen) Object.assign(sizes, { [one.id]: sizeOf(await bundleFunction(one)) })
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
