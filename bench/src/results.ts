import type { BundleSize } from './bundle.ts'
import type { Options } from './run.ts'
import type { Measurement } from './worker/task.ts'

/** Everything a run found; docs/performance.json. */
export interface Results {
  readonly startedAt: string
  readonly minutes: number
  readonly quick: boolean
  /** Of a run that had to end in time. */
  readonly budget?: Budget
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number }
  /** One-minute load averages: before, after each round, at the end; the run itself adds one. */
  readonly loads: readonly number[]
  readonly versions: Readonly<Record<string, string>>
  /** By contestant; `app-alone` is the Koa app in none. */
  readonly bundles: Readonly<Record<string, BundleSize>>
  readonly nodes: readonly NodeResults[]
}

export interface Budget {
  readonly minutes: number
  /** Processes per contestant and scenario. */
  readonly rounds: number
  /** The shortest warm-up, as a share of that of a full run. */
  readonly leastPace: number
}

export interface NodeResults {
  readonly version: string
  readonly entries: readonly Entry[]
}

/** What was measured of a contestant in a scenario. */
export interface Entry {
  readonly contestant: string
  /** `cold` and `cold-cached` are starts; otherwise an id that toScenario knows. */
  readonly scenario: string
  readonly mode: 'single' | 'multi'
  /** Instead of figures: why the answer is not the one the client must get. */
  readonly wrong?: string
  /** By name, a value of each slice, or of each process, round after round. */
  readonly figures: Readonly<Record<string, readonly number[]>>
}

/** A line of the file that a run writes as it goes: what it is, how far it is, what it found. */
export type Line =
  | { readonly run: Omit<Results, 'minutes' | 'loads' | 'nodes'>; readonly asked: Options }
  | Progress
  | Found

/** All lines before it belong to tasks that are done, `done` of them. */
export interface Progress {
  readonly minutes: number
  readonly load: number
  readonly done: number
  /** How long the last task had, as a share of what it has in a full run. */
  readonly pace?: number
}

export interface Found extends Measurement {
  readonly version: string
  readonly contestant: string
}

/** What the lines come to, also those of a run that was ended before its last. */
export function toResults(lines: readonly Line[]): Results {
  const [run] = lines.flatMap((line) => ('run' in line ? line.run : []))
  if (!run) throw new TypeError('the first line of a run says what it is; there is none')
  const { budget } = run
  const progress = lines.flatMap((line) => ('load' in line ? line : []))
  const found = lines.flatMap((line) => ('figures' in line ? line : []))
  const nodes = [...new Set(found.map(({ version }) => version))].map((version) => ({
    version,
    entries: toEntries(found.filter((one) => one.version === version)),
  }))
  const minutes = progress.at(-1)?.minutes ?? 0
  const loads = progress.map(({ load }) => load)
  const leastPace = Math.min(1, ...progress.map(({ pace = 1 }) => pace))
  return { ...run, ...(budget && { budget: { ...budget, leastPace } }), minutes, loads, nodes }
}

/** Without what was found of a task that was ended before its time. */
export function wholeTasks(lines: readonly Line[]): Line[] {
  return lines.slice(0, lines.findLastIndex((line) => 'load' in line) + 1)
}

/** Who answered wrong once has no figures at all. */
function toEntries(found: readonly Found[]): Entry[] {
  const entries = new Map<string, Entry & { figures: Record<string, number[]>; wrong?: string }>()
  for (const { contestant, scenario, mode, wrong, figures } of found) {
    const key = `${contestant} ${scenario} ${mode}`
    const entry = entries.get(key) ?? { contestant, scenario, mode, figures: {} }
    entries.set(key, entry)
    if (wrong) entry.wrong ??= wrong
    for (const [name, value] of Object.entries(figures)) {
      entry.figures[name] ??= []
      entry.figures[name].push(value)
    }
  }
  return [...entries.values()].map(({ wrong, figures, ...key }) =>
    wrong ? { ...key, wrong, figures: {} } : { ...key, figures },
  )
}
