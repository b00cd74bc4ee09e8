/** A value that depends on something outside of the template and of what was given. */
export class Unknown {
  /** What it is, as the template says it. */
  readonly reason: string
  /** The option that gives the value. */
  readonly remedy: string | undefined
  /** What refers to it is told apart by this. */
  readonly name: string
  readonly #standIn: (() => string) | undefined

  constructor(
    reason: string,
    {
      remedy,
      name = reason,
      standIn,
    }: { remedy?: string; name?: string; standIn?: () => string } = {},
  ) {
    this.reason = reason
    this.remedy = remedy
    this.name = name
    this.#standIn = standIn
  }

  /** A text that may stand for it where any text is good. */
  standIn(): string | undefined {
    return this.#standIn?.()
  }

  /** For a line at the start: what is not known, and what gives it. */
  toString(): string {
    return this.remedy === undefined ? this.reason : `${this.reason} (${this.remedy})`
  }
}

/** What `--import` gives a value to. */
export function outside(reason: string, name: string): Unknown {
  return new Unknown(reason, { name, remedy: `--import ${quoted(`${name}=…`)}` })
}

/** The same with texts for all that may have one. */
export function withStandIns(value: unknown): unknown {
  if (value instanceof Unknown) return value.standIn() ?? value
  if (Array.isArray(value)) return value.map(withStandIns)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withStandIns(each)]))
}

/** The first one anywhere in a value. */
export function firstUnknown(value: unknown): Unknown | undefined {
  if (value instanceof Unknown) return value
  if (typeof value !== 'object' || value === null) return undefined
  for (const each of Object.values(value)) {
    const found = firstUnknown(each)
    if (found) return found
  }
  return undefined
}

function quoted(text: string): string {
  return /^[\w=:./…-]+$/.test(text) ? text : `'${text}'`
}
