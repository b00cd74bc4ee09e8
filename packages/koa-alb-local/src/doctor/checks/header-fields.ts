import type { Exchange } from './check.ts'

/** The field of the document that a load balancer reads in this mode. */
export function fieldOf({ mode }: Pick<Exchange, 'mode'>): 'headers' | 'multiValueHeaders' {
  return mode === 'multi' ? 'multiValueHeaders' : 'headers'
}

/** The names in a field of headers that have a value, in lower case. */
export function namesIn(headers: unknown): string[] {
  return Object.entries(Object(headers))
    .filter(([, value]) => [value].flat().length > 0)
    .map(([name]) => name.toLowerCase())
}

/** Names and values of that field as they stand there, of whatever type; lists are taken apart. */
export function readHeaders(exchange: Exchange): readonly (readonly [string, unknown])[] {
  const headers = exchange.fields?.[fieldOf(exchange)]
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return []
  return Object.entries(headers).flatMap(([name, value]) =>
    exchange.mode === 'multi' && Array.isArray(value)
      ? value.map((each) => [name, each] as const)
      : [[name, value] as const],
  )
}

export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  const type = typeof value
  if (type === 'undefined') return 'missing'
  return type === 'object' ? 'an object' : `a ${type}`
}

/** A value in few characters, for a finding. */
export function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return kindOf(value)
  const text = JSON.stringify(value) ?? 'missing'
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
