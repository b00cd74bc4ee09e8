import { forwardedFor, hostValue, traceId } from './forwarded.ts'
import { queryParameters, sortedByBytes } from './query.ts'
import { toText } from './text.ts'
import type { AlbEvent, HeaderLine } from './types.ts'

/** A request as it came: header values with one character per byte, lines in wire order. */
export interface ReceivedRequest {
  readonly method: string
  readonly target: string
  readonly lines: readonly HeaderLine[]
  readonly headerBytes: number
  readonly body: Buffer
  readonly clientAddress: string
}

/** How the event is to look: the target group's mode and the listener the client used. */
export interface EventSettings {
  readonly targetGroupArn: string
  readonly multiValueHeaders: boolean
  readonly emptyBodyIsBase64Encoded: boolean
  readonly listener: { readonly port: number; readonly protocol: 'http' | 'https' }
}

/** The event for a request, by the rules of docs/alb-behaviour.md. */
export function toEvent(
  request: ReceivedRequest,
  settings: EventSettings,
): { event: AlbEvent; traceId: string | undefined } {
  const { authority, path, query } = splitTarget(request.target)
  const headers = eventHeaders(request, authority, settings)
  const parameters = queryParameters(query)
  const event = {
    requestContext: { elb: { targetGroupArn: settings.targetGroupArn } },
    httpMethod: request.method,
    path,
    ...(settings.multiValueHeaders
      ? {
          multiValueQueryStringParameters: Object.fromEntries(parameters),
          multiValueHeaders: Object.fromEntries(headers),
        }
      : { queryStringParameters: lastValues(parameters), headers: lastValues(headers) }),
    ...eventBody(request.body, headers, settings.emptyBodyIsBase64Encoded),
  }
  return { event, traceId: headers.get('x-amzn-trace-id')?.[0] }
}

function splitTarget(target: string): { authority?: string; path: string; query: string } {
  const [, authority, rest] =
    /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)(.*)$/is.exec(target) ?? []
  const origin = rest === undefined ? target : rest.startsWith('/') ? rest : `/${rest}`
  const mark = origin.indexOf('?')
  return {
    ...(authority && { authority }),
    path: mark < 0 ? origin : origin.slice(0, mark),
    query: mark < 0 ? '' : origin.slice(mark + 1),
  }
}

function eventHeaders(
  request: ReceivedRequest,
  authority: string | undefined,
  { listener }: EventSettings,
): Map<string, string[]> {
  const headers = valuesByName(request.lines)
  // The body is delivered whole, so its framing is no longer true.
  if (headers.delete('transfer-encoding')) headers.set('content-length', [`${request.body.length}`])
  headers.delete('expect')
  const first = (name: string): string | undefined => headers.get(name)?.[0]
  headers.set('host', [hostValue(authority ?? first('host'), listener.port)])
  const sentAddresses = headers.get('x-forwarded-for') ?? []
  headers.set('x-forwarded-for', [forwardedFor(sentAddresses, request.clientAddress)])
  headers.set('x-forwarded-port', [`${listener.port}`])
  headers.set('x-forwarded-proto', [listener.protocol])
  headers.set('x-amzn-trace-id', [traceId(first('x-amzn-trace-id'), request.headerBytes)])
  return sortedByBytes(headers)
}

function valuesByName(lines: readonly HeaderLine[]): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const [sentName, sentValue] of lines) {
    // Real ones lose header lines without a value, in both modes.
    if (sentValue === '') continue
    const name = sentName.toLowerCase()
    // Node hands out header values as latin1, the event holds UTF-8 text.
    const value = toText(Buffer.from(sentValue, 'latin1'), `the request header ${name}`)
    const values = headers.get(name)
    if (values) values.push(value)
    else headers.set(name, [value])
  }
  return headers
}

const textTypes = /^(text\/.*|application\/(json|javascript|xml))$/

function eventBody(
  body: Buffer,
  headers: ReadonlyMap<string, string[]>,
  emptyIsBase64: boolean,
): Pick<AlbEvent, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { body: '', isBase64Encoded: emptyIsBase64 }
  const [type = ''] = (headers.get('content-type')?.at(-1) ?? '').split(';')
  const isText = !headers.has('content-encoding') && textTypes.test(type.trim().toLowerCase())
  return isText
    ? { body: toText(body, 'the request body'), isBase64Encoded: false }
    : { body: body.toString('base64'), isBase64Encoded: true }
}

function lastValues(entries: ReadonlyMap<string, string[]>): Record<string, string> {
  return Object.fromEntries([...entries].map(([name, values]) => [name, values.at(-1) ?? '']))
}
