import { isUtf8 } from 'node:buffer'
import type { ReceivedResponse } from '../inspector/resend.ts'
import type { HeaderLine } from '../types.ts'

/** Header fields that change from one answer to the next by themselves. */
export const changingFields: readonly string[] = [
  'date',
  'x-request-id',
  'x-correlation-id',
  'x-amzn-requestid',
]

/** A line for each part of a response in which a client sees another one. */
export function clientDifferences(
  one: ReceivedResponse,
  other: ReceivedResponse,
  ignored: ReadonlySet<string>,
): string[] {
  const found: string[] = []
  const add = (part: string, before: string, after: string): void => {
    if (before !== after) found.push(`${part}: ${before} -> ${after}`)
  }
  add('status', `${one.status} ${one.phrase}`, `${other.status} ${other.phrase}`)
  const names = [...one.lines, ...other.lines].map(([name]) => name.toLowerCase())
  for (const name of new Set(names)) {
    if (!ignored.has(name)) add(name, valuesOf(one.lines, name), valuesOf(other.lines, name))
  }
  if (!one.body.equals(other.body)) found.push(`body: ${shown(one.body)} -> ${shown(other.body)}`)
  return found
}

function valuesOf(lines: readonly HeaderLine[], name: string): string {
  const values = lines.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value)
  return values.length === 0 ? 'none' : values.map((value) => JSON.stringify(value)).join(', ')
}

function shown(body: Buffer): string {
  if (body.length > 60 || !isUtf8(body)) return `${body.length} bytes`
  return JSON.stringify(body.toString())
}
