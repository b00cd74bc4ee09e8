import {
  forwardedFor,
  type HeaderAttributes,
  hostValue,
  traceId as newTrace,
} from '../request/forwarded.ts'
import { queryParameters } from '../request/query.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { RequestUri } from '../request/request-uri.ts'
import { toHeaderText } from '../request/text.ts'
import type { AlbEvent } from '../types.ts'
import { composedEvent } from './composed-event.ts'

/** Headers by lower-case name that the load balancer sets, or removes, whatever the client sent. */
export type AddedHeaders = ReadonlyMap<string, string | undefined>

/** A whole request, with what rules made of it. */
export interface WholeRequest {
  readonly head: ReceivedHead
  readonly uri: RequestUri
  readonly body: Buffer
  readonly added?: AddedHeaders | undefined
  /** Bytes of the whole body, when only the beginning of it is there. */
  readonly bodyLength?: number | undefined
  /** The trace the event has, when it is made once more. */
  readonly traceId?: string | undefined
}

/** How the event is to look: the target group's mode and the listener the client used. */
export interface EventSettings {
  readonly targetGroupArn: string
  readonly multiValueHeaders: boolean
  readonly emptyBodyIsBase64Encoded: boolean
  readonly listener: { readonly port: number; readonly protocol: 'http' | 'https' }
  readonly headers: HeaderAttributes
}

type ForGroup = Pick<EventSettings, 'emptyBodyIsBase64Encoded' | 'multiValueHeaders'> & {
  readonly arn: string
}
type ForListener = Pick<EventSettings, 'headers'> & Pick<EventSettings['listener'], 'protocol'>

/** The settings for a group's function behind a listener that is seen with this port. */
export function eventSettings(
  { arn, multiValueHeaders, emptyBodyIsBase64Encoded }: ForGroup,
  { protocol, headers }: ForListener,
  port: number,
): EventSettings {
  return {
    targetGroupArn: arn,
    multiValueHeaders,
    emptyBodyIsBase64Encoded,
    listener: { port, protocol },
    headers,
  }
}

/** The event for a request, by the rules of docs/alb-behaviour.md. */
export function toEvent(
  request: WholeRequest,
  settings: EventSettings,
): { event: AlbEvent; traceId: string | undefined } {
  const headers = eventHeaders(request, settings)
  const parameters = queryTexts(request.uri.query)
  const event = composedEvent(
    {
      targetGroupArn: settings.targetGroupArn,
      method: request.head.method,
      path: toHeaderText(request.uri.path, 'the path'),
      parameters,
      headers: sorted(headers),
      body: request.body,
      isBodyCut: request.body.length < (request.bodyLength ?? 0),
      emptyIsBase64: settings.emptyBodyIsBase64Encoded,
    },
    settings.multiValueHeaders ? 'multi' : 'single',
  )
  return { event, traceId: headers.get('x-amzn-trace-id')?.[0] }
}

function eventHeaders(
  { head, uri, body, bodyLength = body.length, added, traceId }: WholeRequest,
  { listener, headers: attributes }: EventSettings,
): Map<string, string[]> {
  const headers = textValues(head.values, attributes.dropInvalid)
  // The body is delivered whole, so its framing is no longer true. HTTP/2 has its own.
  const isFramed = headers.delete('transfer-encoding') || bodyLength > 0
  if (isFramed && !headers.has('content-length')) headers.set('content-length', [`${bodyLength}`])
  headers.delete('expect')
  if (!attributes.preserveHost || uri.isHostRewritten) {
    headers.set('host', [hostValue(uri.host, listener.port)])
  }
  setForwardedFor(headers, head, attributes)
  headers.set('x-forwarded-port', [`${listener.port}`])
  headers.set('x-forwarded-proto', [listener.protocol])
  const sentTrace = headers.get('x-amzn-trace-id')?.[0]
  headers.set('x-amzn-trace-id', [traceId ?? newTrace(sentTrace, head.headerBytes)])
  for (const [name, value] of added ?? []) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, [value])
  }
  return headers
}

function setForwardedFor(
  headers: Map<string, string[]>,
  head: ReceivedHead,
  attributes: HeaderAttributes,
): void {
  if (attributes.forwardedFor === 'preserve') return
  if (attributes.forwardedFor === 'remove') headers.delete('x-forwarded-for')
  else {
    const { clientAddress, clientPort } = head.connection
    const port = attributes.clientPort ? clientPort : undefined
    const sent = headers.get('x-forwarded-for') ?? []
    headers.set('x-forwarded-for', [forwardedFor(sent, clientAddress, port)])
  }
}

function textValues(
  received: ReadonlyMap<string, readonly string[]>,
  dropInvalid: boolean,
): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const [name, values] of received) {
    if (dropInvalid && !/^[-a-z0-9]+$/.test(name)) continue
    const texts: string[] = []
    for (const value of values) {
      // Real ones lose header lines without a value, in both modes.
      if (value !== '') texts.push(toHeaderText(value, `the request header ${name}`))
    }
    if (texts.length > 0) headers.set(name, texts)
  }
  return headers
}

// In the order of the bytes of their keys, which that of the text is not.
function queryTexts(query: string): Map<string, string[]> {
  const toText = (bytes: string): string => toHeaderText(bytes, 'the query')
  const parameters = queryParameters(query)
  const keys = [...parameters.keys()].sort()
  return new Map(keys.map((key) => [toText(key), (parameters.get(key) ?? []).map(toText)]))
}

// Names are ASCII.
function sorted(headers: ReadonlyMap<string, string[]>): Map<string, string[]> {
  const names = [...headers.keys()].sort()
  return new Map(names.map((name) => [name, headers.get(name) ?? []]))
}
