import { type Contestant, contestants } from '../contestants/contestants.ts'
import type { Entry, NodeResults } from '../results.ts'
import { type Mode, modes } from '../scenarios/scenario.ts'
import { scenarioIds } from '../scenarios/scenarios.ts'
import { median, pairedRatio } from '../statistics.ts'

/** Reads the results of one Node version. */
export class Lookup {
  readonly #entries: readonly Entry[]

  constructor({ entries }: Pick<NodeResults, 'entries'>) {
    this.#entries = entries
  }

  entry(contestant: string, scenario: string, mode: Mode = 'single'): Entry | undefined {
    return this.#entries.find(
      (entry) =>
        entry.contestant === contestant && entry.scenario === scenario && entry.mode === mode,
    )
  }

  /** One per slice, or per process; none when it was not measured or the answer is wrong. */
  values(
    contestant: string,
    scenario: string,
    figure: string,
    mode: Mode = 'single',
  ): readonly number[] {
    return this.entry(contestant, scenario, mode)?.figures[figure] ?? []
  }

  /** The median of a figure, NaN when there is none. */
  median(contestant: string, scenario: string, figure: string, mode: Mode = 'single'): number {
    return median(this.values(contestant, scenario, figure, mode))
  }

  /** How much more `contestant` needs than `other`, each time in the same turn. */
  ratio(
    [contestant, other]: readonly [string, string],
    scenario: string,
    figure: string,
    mode: Mode = 'single',
  ): number {
    const valuesOf = (id: string): readonly number[] => this.values(id, scenario, figure, mode)
    return pairedRatio(valuesOf(contestant), valuesOf(other))
  }

  /** How much more than `koa-alb` the Koa adapter needs that comes nearest to it. */
  nearest(scenario: string, figure: string, mode: Mode = 'single'): number {
    const ratios = this.adapters()
      .map(({ id }) => this.ratio([id, 'koa-alb'], scenario, figure, mode))
      .filter(Number.isFinite)
    return ratios.length > 0 ? Math.min(...ratios) : Number.NaN
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
