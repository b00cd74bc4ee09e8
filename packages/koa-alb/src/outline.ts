import { inspect } from 'node:util'

/** A value in the words of an error message: its kind, and nothing of what lies deeper unless asked. */
export function outline(value: unknown, depth = 0): string {
  return inspect(value, { depth })
}

/** How messages name an exchange. A query may carry secrets; no load balancer has one in the path. */
export function titleOf({ method, path }: { method: string; path: string }): string {
  const end = path.indexOf('?')
  return `${method} ${end < 0 ? path : path.slice(0, end)}`
}
