import { AlbError } from './errors.ts'

/** A field and, shortened, the name in it. */
export function at(field: string, name: string): string {
  // A key of the query may be a secret as well.
  if (field.endsWith('Parameters')) return `${field} value`
  return `${field}[${JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name)}]`
}

/** Says what a field must be and what kind of value it has, and no value. */
export function invalid(field: string, found: unknown, allowed: string): AlbError {
  const shown = typeof found === 'string' ? `a text of ${found.length} characters` : kindOf(found)
  return invalidEvent(`${field} of the event must be ${allowed}, found ${shown}`)
}

export function invalidEvent(message: string, options?: { readonly cause: unknown }): AlbError {
  return new AlbError('ALB_ERR_INVALID_EVENT', message, options)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : typeof value
}
