import type { BundleSize } from './bundle.ts'

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
