import { inspect } from 'node:util'

/** A value in the words of an error message: its kind, and nothing of what lies deeper. */
export function outline(value: unknown): string {
  return inspect(value, { depth: 0 })
}
