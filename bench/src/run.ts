import { bundleAppAlone, bundleFunction, bundleWorker, sizeOf } from './bundle.ts'
import { coldStarts } from './cold-starts.ts'
import { type Contestant, contestants } from './contestants/contestants.ts'
import { load, machine, versionsOf } from './machine.ts'
import { keyOf, type MeasuredNode, toNode } from './measured-node.ts'
import { budgetPlan, expectedMinutes, type Plan, paced, quickPlan, tasksOf } from './plan.ts'
import type { Line, Results } from './results.ts'
import { type Step, timetable } from './timetable.ts'
import type { Task } from './worker/task.ts'
import { alternate, runWorker } from './worker-process.ts'

export interface Options {
  readonly quick: boolean
  readonly nodes: readonly string[]
  readonly contestants: readonly string[]
  readonly scenarios: readonly string[]
  readonly warm: boolean
  readonly budgetMinutes?: number
}

type Paths = ReadonlyMap<string, string>

/**
 * Measures everything that the options ask for, beyond what the lines of a run hold that was ended;
 * says on stderr how far it is.
 */
export async function run(
  options: Options,
  write: (line: Line) => void,
  lines: readonly Line[] = [],
): Promise<void> {
  const progress = lines.findLast((line) => 'load' in line) ?? { minutes: 0, done: 0 }
  const begun = performance.now() - progress.minutes * 60_000
  const elapsed = (): number => (performance.now() - begun) / 60_000
  const { budgetMinutes = Number.POSITIVE_INFINITY } = options
  const plan = options.quick ? quickPlan : budgetPlan(budgetMinutes, options.nodes.length)
  const chosen = contestants.filter(({ id }) => options.contestants.includes(id))
  const nodes = options.nodes.map((execPath) => toNode(execPath, chosen, write, lines))
  const workers = await bundled(chosen, bundleWorker)
  const functions = await bundled(chosen, bundleFunction)
  if (lines.length === 0) {
    write(await beginning(options, plan, chosen, functions))
    write({ minutes: 0, load: load(), done: 0 })
  }
  const steps = stepsOf(plan, nodes, options)
  for (const turn of timetable(steps, progress.done, budgetMinutes, elapsed)) {
    const { step, pace, minutes, done } = turn
    process.stderr.write(
      `${elapsed().toFixed(1)} min, ${step.node.version}: ${done} of ${steps.length}\n`,
    )
    if (step.task) await measureTask(step.node, paced(step.task, pace), step.taking, workers)
    else await measureStarts(step.node, functions, plan.coldStarts, minutes)
    write({ minutes: elapsed(), load: load(), done, ...(step.task && { pace }) })
  }
}

interface BenchStep extends Step {
  readonly node: MeasuredNode
  readonly taking: readonly Contestant[]
  /** None: cold starts. */
  readonly task?: Task
}

/** The Nodes alternate: a run that ends early has figures of each. */
function stepsOf(plan: Plan, nodes: readonly MeasuredNode[], options: Options): BenchStep[] {
  const rounds = Array.from({ length: plan.rounds }, (_, round) => round)
  const tasks = rounds.flatMap((round) =>
    tasksOf(round, plan, options.scenarios).flatMap((task, index) =>
      nodes.map((node): BenchStep => {
        const taking = node.contestants.filter(
          ({ role }) => role !== 'orientation' || round < plan.orientationRounds,
        )
        return {
          node,
          taking: rotated(taking, round + index),
          task,
          expectedMinutes: expectedMinutes(task),
          isSpare: index >= options.scenarios.length,
        }
      }),
    ),
  )
  const starts = nodes.map((node) => ({ node, taking: [], expectedMinutes: 1, isSpare: false }))
  return options.warm ? tasks : [...tasks, ...starts]
}

async function measureTask(
  { execPath, found, wrong }: MeasuredNode,
  task: Task,
  taking: readonly Contestant[],
  workers: Paths,
): Promise<void> {
  const working = taking.flatMap(({ id, family }) => {
    const cases = task.cases.filter(
      // What is there for orientation, or the same in both modes, is measured in one.
      (one) => (one.mode === 'single' || family === 'koa') && !wrong.has(keyOf(id, one)),
    )
    if (cases.length === 0) return []
    return [[id, runWorker(execPath, workers.get(id) ?? '', { ...task, cases })] as const]
  })
  await alternate(new Map(working), found)
}

async function measureStarts(
  { execPath, contestants: own, found }: MeasuredNode,
  functions: Paths,
  count: number,
  minutes: number,
): Promise<void> {
  const paths = new Map(own.map(({ id }) => [id, functions.get(id) ?? '']))
  for await (const start of coldStarts(execPath, paths, count, minutes * 60_000)) found(...start)
}

async function beginning(
  asked: Options,
  { rounds }: Plan,
  chosen: readonly Contestant[],
  functions: Paths,
): Promise<Line> {
  const { quick, budgetMinutes: minutes } = asked
  const run = {
    startedAt: new Date().toISOString(),
    quick,
    ...(minutes !== undefined && { budget: { minutes, rounds, leastPace: 1 } }),
    machine: machine(),
    versions: versionsOf(chosen),
    bundles: await bundleSizes(functions),
  }
  return { run, asked }
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
