import type { Entry } from '../results.ts'
import type { Measurement } from '../worker/task.ts'

/** Gathers what the processes measured, slice after slice, round after round. */
export class Collection {
  readonly #cases = new Map<string, Found>()

  add(contestant: string, { scenario, mode, wrong, figures }: Measurement): void {
    const name = `${contestant} ${scenario} ${mode}`
    const found: Found = this.#cases.get(name) ?? {
      key: { contestant, scenario, mode },
      values: new Map(),
    }
    this.#cases.set(name, found)
    if (wrong) found.wrong ??= wrong
    for (const [figure, measured] of Object.entries(figures)) {
      const values = found.values.get(figure) ?? []
      found.values.set(figure, [...values, ...measured])
    }
  }

  /** Who answered wrong once has no figures at all. */
  entries(): Entry[] {
    return [...this.#cases.values()].map(({ key, wrong, values }) => {
      if (wrong) return { ...key, wrong, figures: {} }
      return { ...key, figures: Object.fromEntries(values) }
    })
  }
}

interface Found {
  readonly key: Key
  readonly values: Map<string, number[]>
  wrong?: string
}

type Key = Pick<Entry, 'contestant' | 'scenario' | 'mode'>
