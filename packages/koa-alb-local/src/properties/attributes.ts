import { Property } from './property.ts'

/** A list of `{ Key, Value }` that can be asked by key. */
export class Attributes {
  readonly #values = new Map<string, Property>()
  readonly #path: string

  constructor(list: Property) {
    this.#path = list.path
    for (const item of list.items()) {
      const key = item.at('Key').text()
      if (this.#values.has(key)) throw item.error('ALB_ERR_CONFLICT', `repeats ${key}`)
      this.#values.set(key, new Property(item.at('Value').value, `${list.path}[${key}]`))
    }
  }

  /** The value of a key; not present when the list does not have it. */
  at(key: string): Property {
    return this.#values.get(key) ?? new Property(undefined, `${this.#path}[${key}]`)
  }

  isOn(key: string): boolean {
    const property = this.at(key)
    return property.isPresent && property.boolean()
  }

  entries(): Iterable<[key: string, value: Property]> {
    return this.#values
  }
}
