import { inspect } from 'node:util'

/** A value in the words of an error message: its kind, and nothing of what lies deeper. */
export function outline(value: unknown): string {
  return inspect(value, { depth: 0 })
}

/** How messages name an exchange. A query may carry secrets; no load balancer has one in the path. */
export function titleOf({ method, path }: { method: string; path: string }): string {
  const end = path.indexOf('?')
  return `${method} ${end < 0 ? path : path.slice(0, end)}`
}
