import { ConfigurationError, type ConfigurationErrorCode } from './configuration-error.ts'

interface Range {
  readonly least: number
  readonly most: number
}

/**
 * A value in a configuration with its place, so that an error can name it. Numbers and booleans may
 * be written as text, as CloudFormation takes them.
 */
export class Property {
  readonly value: unknown
  readonly path: string

  constructor(value: unknown, path: string) {
    this.value = value
    this.path = path
  }

  get isPresent(): boolean {
    return this.value !== undefined && this.value !== null
  }

  at(name: string): Property {
    const fields = this.isPresent ? this.#fields() : {}
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined
    return new Property(value, this.path === '' ? name : `${this.path}.${name}`)
  }

  entries(): [name: string, property: Property][] {
    if (!this.isPresent) return []
    return Object.keys(this.#fields()).map((name) => [name, this.at(name)])
  }

  items(): Property[] {
    if (!this.isPresent) return []
    if (!Array.isArray(this.value)) throw this.invalid('a list')
    return this.value.map((value, index) => new Property(value, `${this.path}[${index}]`))
  }

  required(): this {
    if (this.isPresent) return this
    throw this.error('ALB_ERR_MISSING_PROPERTY', 'is missing')
  }

  text({ most = Number.POSITIVE_INFINITY, pattern = /^/, allowed = 'a text' } = {}): string {
    const { value } = this.required()
    if (typeof value !== 'string') throw this.invalid('a text')
    if (!pattern.test(value)) throw this.invalid(allowed)
    if (value.length <= most) return value
    throw this.error('ALB_ERR_LIMIT_EXCEEDED', `has ${value.length} characters, limit ${most}`)
  }

  oneOf<const Choice extends string>(...choices: readonly Choice[]): Choice {
    const { value } = this.required()
    const choice = choices.find((each) => each === value)
    if (choice === undefined) throw this.invalid(`one of ${choices.join(', ')}`)
    return choice
  }

  integer({ least, most }: Range): number {
    const { value } = this.required()
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
    const isInRange = typeof number === 'number' && number >= least && number <= most
    if (isInRange && Number.isInteger(number)) return number
    throw this.invalid(`an integer from ${least} to ${most}`)
  }

  boolean(): boolean {
    const { value } = this.required()
    if (value === true || value === 'true') return true
    if (value === false || value === 'false') return false
    throw this.invalid('true or false')
  }

  invalid(allowed: string): ConfigurationError {
    return this.error('ALB_ERR_INVALID_PROPERTY', `is ${shown(this.value)}, must be ${allowed}`)
  }

  error(code: ConfigurationErrorCode, message: string): ConfigurationError {
    return new ConfigurationError(code, this.path, message)
  }

  #fields(): Readonly<Record<string, unknown>> {
    const { value } = this
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.invalid('an object')
    }
    // An object, so its own properties can be looked up by name, whatever they hold.
    return value as Readonly<Record<string, unknown>>
  }
}

function shown(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'missing')
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
