import type { HeaderLine } from '../types.ts'
import type { ReceivedResponse } from './resend.ts'

/** Where two responses are not the same. */
export interface ComparedPart {
  /** `status`, `phrase`, `body`, or a field name in lower case. */
  readonly part: string
  readonly here: readonly string[]
  readonly there: readonly string[]
  /** Why it is so with a load balancer; absent when it should not be so. */
  readonly reason?: string
}

// What docs/alb-behaviour.md says of each under "What differs from app.listen".
const reasons: Readonly<Record<string, string>> = {
  connection: 'it is about a connection, and each side has its own',
  'keep-alive': 'it is about a connection, and each side has its own',
  'transfer-encoding': 'a document is sent whole, so it is not chunked',
  'content-length': 'a document is sent whole, so its length is known',
  date: 'the time of each answer',
  server: 'a load balancer says who it is, unless the app does',
  'content-type': 'a load balancer sends application/octet-stream for a response without a type',
}

/** The differences of the response behind the load balancer (here) and of the app itself (there). */
export function comparedResponses(here: ReceivedResponse, there: ReceivedResponse): ComparedPart[] {
  const found: ComparedPart[] = []
  const add = (part: string, one: readonly string[], other: readonly string[]): void => {
    if (one.join('\n') === other.join('\n')) return
    const reason = reasonFor(part, one, other)
    found.push({ part, here: one, there: other, ...(reason && { reason }) })
  }
  add('status', [String(here.status)], [String(there.status)])
  add('phrase', [here.phrase], [there.phrase])
  const names = new Set([...here.lines, ...there.lines].map(([name]) => name.toLowerCase()))
  for (const name of names) add(name, valuesOf(here.lines, name), valuesOf(there.lines, name))
  if (!here.body.equals(there.body)) {
    found.push({ part: 'body', here: [sizeOf(here)], there: [sizeOf(there)] })
  }
  return found
}

function reasonFor(
  part: string,
  here: readonly string[],
  there: readonly string[],
): string | undefined {
  const isOfOneSide = here.length === 0 || there.length === 0
  const needsOneSide = ['content-length', 'content-type', 'server'].includes(part)
  return !needsOneSide || isOfOneSide ? reasons[part] : undefined
}

function valuesOf(lines: readonly HeaderLine[], name: string): string[] {
  return lines.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value)
}

function sizeOf({ body }: ReceivedResponse): string {
  return `${body.length} bytes`
}
