import type { BundleSize } from './bundle.ts'
import type { Measurement } from './worker/task.ts'

/** Everything a run found; docs/performance.json. */
export interface Results {
  readonly startedAt: string
  readonly minutes: number
  readonly quick: boolean
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryGiB: number }
  /** One-minute load averages: before, after each round, at the end; the run itself adds one. */
  readonly loads: readonly number[]
  readonly versions: Readonly<Record<string, string>>
  /** By contestant; `app-alone` is the Koa app in none. */
  readonly bundles: Readonly<Record<string, BundleSize>>
  readonly nodes: readonly NodeResults[]
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
  | { readonly run: Omit<Results, 'minutes' | 'loads' | 'nodes'> }
  | { readonly minutes: number; readonly load: number }
  | Found

export interface Found extends Measurement {
  readonly version: string
  readonly contestant: string
}

/** What the lines come to, also those of a run that was ended before its last. */
export function toResults(lines: readonly Line[]): Results {
  const [run] = lines.flatMap((line) => ('run' in line ? line.run : []))
  if (!run) throw new TypeError('the first line of a run says what it is; there is none')
  const { startedAt, quick, machine, versions, bundles } = run
  const progress = lines.flatMap((line) => ('load' in line ? line : []))
  const found = lines.flatMap((line) => ('figures' in line ? line : []))
  const nodes = [...new Set(found.map(({ version }) => version))].map((version) => ({
    version,
    entries: toEntries(found.filter((one) => one.version === version)),
  }))
  const minutes = progress.at(-1)?.minutes ?? 0
  const loads = progress.map(({ load }) => load)
  return { startedAt, minutes, quick, machine, loads, versions, bundles, nodes }
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
