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

/** A part of a response in which a client sees another one; the values as they are shown. */
export interface Difference {
  /** `status`, `body`, or the name of a header field in lower case. */
  readonly part: string
  readonly before: string
  readonly after: string
}

export function clientDifferences(
  one: ReceivedResponse,
  other: ReceivedResponse,
  ignored: ReadonlySet<string>,
): Difference[] {
  const found: Difference[] = []
  const add = (part: string, before: string, after: string): void => {
    if (before !== after) found.push({ part, before, after })
  }
  add('status', `${one.status} ${one.phrase}`, `${other.status} ${other.phrase}`)
  const names = [...one.lines, ...other.lines].map(([name]) => name.toLowerCase())
  for (const name of new Set(names)) {
    if (ignored.has(name)) continue
    if (name === 'content-length' && hasOwnLength(one) && hasOwnLength(other)) continue
    add(name, shownValues(one.lines, name), shownValues(other.lines, name))
  }
  if (!one.body.equals(other.body)) add('body', ...shownBodies(one.body, other.body))
  return found
}

export function differenceLine({ part, before, after }: Difference): string {
  return `${part}: ${before} -> ${after}`
}

/** The values of the field, in the order of the lines. */
export function valuesOf(lines: readonly HeaderLine[], name: string): string[] {
  return lines.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value)
}

// What is told of the body tells its length, too.
function hasOwnLength({ lines, body }: ReceivedResponse): boolean {
  return valuesOf(lines, 'content-length').join() === String(body.length)
}

function shownValues(lines: readonly HeaderLine[], name: string): string {
  const values = valuesOf(lines, name)
  return values.length === 0 ? 'none' : values.map((value) => JSON.stringify(value)).join(', ')
}

const shownLength = 60
const lengthBefore = 20

/** Short texts whole, long ones from where they begin to differ, and of what is no text the length. */
function shownBodies(one: Buffer, other: Buffer): [string, string] {
  if (!isUtf8(one) || !isUtf8(other)) return shownBytes(one, other)
  const [before, after] = [one.toString(), other.toString()]
  if (Math.max(before.length, after.length) <= shownLength) {
    return [JSON.stringify(before), JSON.stringify(after)]
  }
  const start = Math.max(0, firstDifference(before, after) - lengthBefore)
  return [shownPart(before, start), shownPart(after, start)]
}

function shownBytes(one: Buffer, other: Buffer): [string, string] {
  const [before, after] = [one, other].map(shownAlone)
  if (before !== after) return [before ?? '', after ?? '']
  return [
    `${one.length} bytes`,
    `${other.length} others, from byte ${firstDifference(one, other)} on`,
  ]
}

function shownAlone(body: Buffer): string {
  if (body.length > shownLength || !isUtf8(body)) return `${body.length} bytes`
  return JSON.stringify(body.toString())
}

function firstDifference(one: ArrayLike<unknown>, other: ArrayLike<unknown>): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}

function shownPart(text: string, start: number): string {
  const end = start + shownLength
  return `${start > 0 ? '…' : ''}${JSON.stringify(text.slice(start, end))}${end < text.length ? '…' : ''}`
}
