/** Random choices from a seed, so that a failing run can be repeated. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** A whole number from 0 up to the limit, by mulberry32. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }

  /** True once in so many times. */
  once(every: number): boolean {
    return this.below(every) === 0
  }

  /** One of the items, of which there must be one. */
  pick<Item>(items: readonly Item[]): Item {
    // The index is below the length.
    return items[this.below(items.length)] as Item
  }
}
