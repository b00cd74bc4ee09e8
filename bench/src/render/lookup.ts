import { type Contestant, contestants } from '../contestants/contestants.ts'
import type { Entry, NodeResults } from '../results.ts'
import { type Mode, modes } from '../scenarios/scenario.ts'
import { scenarioIds } from '../scenarios/scenarios.ts'

/** Reads the results of one Node version. */
export class Lookup {
  readonly #entries: readonly Entry[]

  constructor({ entries }: NodeResults) {
    this.#entries = entries
  }

  entry(contestant: string, scenario: string, mode: Mode = 'single'): Entry | undefined {
    return this.#entries.find(
      (entry) =>
        entry.contestant === contestant && entry.scenario === scenario && entry.mode === mode,
    )
  }

  /** The median of a figure, `undefined` when it was not measured or the answer is wrong. */
  median(
    contestant: string,
    scenario: string,
    figure: string,
    mode: Mode = 'single',
  ): number | undefined {
    return this.entry(contestant, scenario, mode)?.figures[figure]?.median
  }

  /** The least median of the other Koa adapters. */
  best(scenario: string, figure: string, mode: Mode = 'single'): number | undefined {
    const medians = contestants
      .filter(({ role }) => role === 'adapter')
      .flatMap(({ id }) => this.median(id, scenario, figure, mode) ?? [])
    return medians.length > 0 ? Math.min(...medians) : undefined
  }

  contestants(): Contestant[] {
    const measured = new Set(this.#entries.map(({ contestant }) => contestant))
    return contestants.filter(({ id }) => measured.has(id))
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
