import { type Contestant, contestants } from '../contestants/contestants.ts'
import type { Entry, Results } from '../results.ts'
import { type Mode, modes } from '../scenarios/scenario.ts'
import { scenarioIds } from '../scenarios/scenarios.ts'
import { median, paired, pairedRatio } from '../statistics.ts'

/** The Koa app on the plain-object floor: as near to the app alone as one that answers can be. */
export const floor = 'plain-objects'

/** Reads the results of one Node version; what was not measured is NaN. */
export class Lookup {
  readonly #entries: readonly Entry[]
  readonly #bundles: Results['bundles']

  constructor({ entries }: Pick<Results['nodes'][number], 'entries'>, { bundles }: Results) {
    this.#entries = entries
    this.#bundles = bundles
  }

  entry(contestant: string, scenario: string, mode: Mode = 'single'): Entry | undefined {
    return this.#entries.find(
      (entry) =>
        entry.contestant === contestant && entry.scenario === scenario && entry.mode === mode,
    )
  }

  /** One per slice, or per process; none when it was not measured or the answer is wrong. */
  values(contestant: string, scenario: string, figure: string, mode?: Mode): readonly number[] {
    return this.entry(contestant, scenario, mode)?.figures[figure] ?? []
  }

  median(contestant: string, scenario: string, figure: string, mode?: Mode): number {
    return median(this.values(contestant, scenario, figure, mode))
  }

  /** How much more `contestant` needs than `other`, each time in the same turn. */
  ratio(
    [contestant, other]: readonly [string, string],
    scenario: string,
    figure: string,
    mode?: Mode,
  ): number {
    const valuesOf = (id: string): readonly number[] => this.values(id, scenario, figure, mode)
    return pairedRatio(valuesOf(contestant), valuesOf(other))
  }

  /** How much more than `koa-alb` the Koa adapter needs that comes nearest to it. */
  nearest(scenario: string, figure: string, mode?: Mode): number {
    return least(
      this.adapters().map(({ id }) => this.ratio([id, 'koa-alb'], scenario, figure, mode)),
    )
  }

  /** An invocation among `level` at once, as a multiple of one that is alone. */
  overlapRatio(contestant: string, level: number): number {
    return pairedRatio(
      this.values(contestant, 'overlap', `overlap${level}Ns`),
      this.values(contestant, 'overlap', 'overlap1Ns'),
    )
  }

  /** Milliseconds that a contestant adds to the app's start; of starts of the same turn. */
  coldOverhead(contestant: string, scenario: string): number {
    const valuesOf = (id: string): readonly number[] => this.values(id, scenario, 'firstResponseMs')
    return median(paired(valuesOf(contestant), valuesOf(floor), (all, app) => all - app))
  }

  bundleBytes(contestant: string): number {
    return this.#bundles[contestant]?.bytes ?? Number.NaN
  }

  /** Bytes that a contestant adds to the app's minified bundle. */
  bundleShare(contestant: string): number {
    return this.bundleBytes(contestant) - this.bundleBytes('app-alone')
  }

  contestants(): Contestant[] {
    const measured = new Set(this.#entries.map(({ contestant }) => contestant))
    return contestants.filter(({ id }) => measured.has(id))
  }

  /** The others that run a Koa app. */
  adapters(): Contestant[] {
    return this.contestants().filter(({ role }) => role === 'adapter')
  }

  scenarios(): string[] {
    const measured = new Set(this.#entries.map(({ scenario }) => scenario))
    return scenarioIds.filter((id) => measured.has(id))
  }

  modes(): Mode[] {
    return modes.filter((mode) => this.#entries.some((entry) => entry.mode === mode))
  }

  wrongAnswers(): Entry[] {
    return this.#entries.filter(({ wrong }) => wrong !== undefined)
  }
}

/** Of what was measured. */
export function least(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.length > 0 ? Math.min(...finite) : Number.NaN
}
