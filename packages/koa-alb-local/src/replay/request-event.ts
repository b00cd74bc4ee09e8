import type { SentRequest } from '../inspector/resend.ts'
import { writtenEvent } from '../invocation/composed-event.ts'
import type { HeaderMode } from '../invocation/header-mode.ts'
import { forwardedFor, hostValue } from '../request/forwarded.ts'
import { queryPairs } from '../request/query.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'

interface Recorded {
  readonly request: SentRequest
  /** Where it went. */
  readonly url: URL
}

// Nobody has recorded it; RFC 5737 keeps this address for examples.
const clientAddress = '192.0.2.7'
// The same each time, so that an answer that shows it is the same.
const traceId = 'Root=1-5bdb40ca-556d8b0c50dc66f0511bf520'

/** The event of a request that a client recorded, as a load balancer makes it. */
export function requestEvent({ request, url }: Recorded, mode: HeaderMode): AlbEvent {
  const { method, target, lines, body } = request
  const [path = '', query = ''] = target.split(/\?(.*)/s)
  const parts = {
    method,
    path,
    query: inOrder(queryPairs(query))
      .map(([key, value]) => `${key}=${value}`)
      .join('&'),
    lines: inOrder(eventLines(lines, body, url)),
    body,
  }
  return writtenEvent(parts, 'replay', mode)
}

/** What is sent twice keeps its order. */
function inOrder<Pair extends HeaderLine>(pairs: readonly Pair[]): Pair[] {
  return pairs.toSorted(([one], [other]) => Number(one > other) - Number(one < other))
}

const setAnew = [
  'host',
  'content-length',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]
const ofConnection = ['transfer-encoding', 'expect']

function eventLines(lines: readonly HeaderLine[], body: Buffer, url: URL): HeaderLine[] {
  // Real ones lose header lines without a value, in both modes.
  const sent = lines
    .map(([name, value]): HeaderLine => [name.toLowerCase(), value])
    .filter(([name, value]) => value !== '' && !ofConnection.includes(name))
  const valuesOf = (name: string): string[] =>
    sent.filter(([each]) => each === name).map(([, value]) => value)
  const proto = url.protocol.slice(0, -1)
  const port = url.port || (proto === 'https' ? '443' : '80')
  const [trace = traceId] = valuesOf('x-amzn-trace-id')
  // What a form is put together from may have another length than it had.
  const length: HeaderLine[] = body.length > 0 ? [['content-length', `${body.length}`]] : []
  return [
    ...sent.filter(([name]) => !setAnew.includes(name) && name !== 'x-amzn-trace-id'),
    ...length,
    ['host', hostValue(valuesOf('host')[0], Number(port))],
    ['x-amzn-trace-id', trace],
    ['x-forwarded-for', forwardedFor(valuesOf('x-forwarded-for'), clientAddress)],
    ['x-forwarded-port', port],
    ['x-forwarded-proto', proto],
  ]
}
