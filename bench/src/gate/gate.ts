import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkerOf } from '../bundle.ts'
import { paceOf } from '../plan.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import type { Pace, Task } from '../worker/task.ts'
import { alternate, runWorker } from '../worker-process.ts'
import { extract } from './archive.ts'
import { pin } from './core.ts'
import { gateTable, isSlower, type Pair, type Round } from './verdict.ts'

/** Seen from the bundle of main.ts in .cache. */
const root = fileURLToPath(new URL('../../', import.meta.url))
const adapter = 'packages/koa-alb'

/** Three rounds, and three more of what looks slower in them: chance seldom comes twice. */
const roundsAtOnce = 3

const pace: Pace = { warmupMs: 4800, rewarmMs: 1200, sliceMs: 25, slices: 12 }
const quickPace: Pace = { warmupMs: 320, rewarmMs: 80, sliceMs: 10, slices: 5 }

export interface GateOptions {
  readonly commit: string
  readonly quick: boolean
  readonly nodes: readonly string[]
  readonly scenarios: readonly string[]
  readonly tolerance: number
}

type Workers = Readonly<Record<keyof Round, string>>

/** The exit code: 0, 1 when a scenario got slower or is answered wrong, 2 when there is no such commit. */
export async function gate({ commit, nodes, ...options }: GateOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'koa-alb-gate-'))
  try {
    extract(root, commit, adapter, folder)
    const workers = {
      today: await bundleWorkerOf('today', join(root, adapter)),
      before: await bundleWorkerOf('before', join(folder, adapter)),
    }
    const core = pin()
    report(core === undefined ? 'on any core: there is no taskset' : `on core ${core}`)
    let isOpen = true
    for (const execPath of nodes) isOpen = (await pass(execPath, workers, options)) && isOpen
    return isOpen ? 0 : 1
  } catch (error) {
    // git has said why.
    if (error instanceof Error && 'status' in error) return 2
    throw error
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function pass(
  execPath: string,
  workers: Workers,
  { quick, scenarios, tolerance }: Omit<GateOptions, 'commit' | 'nodes'>,
): Promise<boolean> {
  const pairs: Pair[] = []
  for (const scenario of scenarios) {
    const compare = async (pair: Pair): Promise<Pair> => {
      report(`${execPath}: ${pair.title}`)
      return compared(pair, execPath, workers, {
        kind: 'time',
        cases: [{ scenario, mode: 'single' }],
        pace: quick ? quickPace : paceOf(scenario, pace),
      })
    }
    const pair = await compare({ title: toScenario(scenario).title, rounds: [] })
    pairs.push(isSlower(pair, tolerance) && !pair.wrong ? await compare(pair) : pair)
  }
  process.stdout.write(`${gateTable(pairs, tolerance)}\n`)
  return pairs.every((pair) => !pair.wrong && !isSlower(pair, tolerance))
}

/** More rounds for the pair, each with new processes. */
async function compared(pair: Pair, execPath: string, workers: Workers, task: Task): Promise<Pair> {
  const rounds = [...pair.rounds]
  for (let count = 0; count < roundsAtOnce; count += 1) {
    const round = { today: {}, before: {} } as Record<keyof Round, Record<string, number[]>>
    // Nobody is always first.
    const sides = rounds.length % 2 === 0 ? sidesInOrder : sidesInOrder.toReversed()
    let wrong: string | undefined
    const running = sides.map((side) => [side, runWorker(execPath, workers[side], task)] as const)
    await alternate(new Map(running), (side, measurement) => {
      if (measurement.wrong) wrong = `${side}: ${measurement.wrong}`
      for (const [name, value] of Object.entries(measurement.figures)) {
        round[side][name] ??= []
        round[side][name].push(value)
      }
    })
    if (wrong) return { ...pair, rounds, wrong }
    rounds.push(round)
  }
  return { ...pair, rounds }
}

const sidesInOrder: readonly (keyof Round)[] = ['today', 'before']

function report(progress: string): void {
  process.stderr.write(`${progress}\n`)
}
