import { ConfigurationError, type ConfigurationErrorCode } from './configuration-error.ts'

interface Range {
  readonly least: number
  readonly most: number
}

/**
 * A value in a configuration with its place, so that an error can name it. Numbers and booleans may
 * be written as text, texts as numbers and booleans, and a list of texts as one text with commas, as
 * CloudFormation takes them.
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
    const { value } = this
    const list = typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value
    if (!Array.isArray(list)) throw this.invalid('a list')
    return list.map((item, index) => new Property(item, `${this.path}[${index}]`))
  }

  required(): this {
    if (this.isPresent) return this
    throw this.error('ALB_ERR_MISSING_PROPERTY', 'is missing')
  }

  text({ most = Number.POSITIVE_INFINITY, pattern = /^/, allowed = 'a text' } = {}): string {
    const value = textOf(this.required().value)
    if (value === undefined) throw this.invalid('a text')
    if (!pattern.test(value)) throw this.invalid(allowed)
    if (value.length <= most) return value
    throw this.error('ALB_ERR_LIMIT_EXCEEDED', `has ${value.length} characters, limit ${most}`)
  }

  oneOf<const Choice extends string>(...choices: readonly Choice[]): Choice {
    const { value } = this.required()
    // Where YAML 1.1 has read `on` and `off`, they are booleans.
    const written = value === true ? 'on' : value === false ? 'off' : textOf(value)
    const choice = choices.find((each) => each === written)
    if (choice === undefined) throw this.invalid(`one of ${choices.join(', ')}`)
    return choice
  }

  integer({ least, most }: Range): number {
    const { value } = this.required()
    const isText = typeof value === 'string' && /^\s*\d+\s*$/.test(value)
    const number = isText ? Number(value) : value
    const isInRange = typeof number === 'number' && number >= least && number <= most
    if (isInRange && Number.isInteger(number)) return number
    throw this.invalid(`an integer from ${least} to ${most}`)
  }

  boolean(): boolean {
    const text = textOf(this.required().value)?.toLowerCase()
    if (text === 'true') return true
    if (text === 'false') return false
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

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

function shown(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? 'missing')
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
