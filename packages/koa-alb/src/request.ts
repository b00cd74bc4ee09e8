import { isIP } from 'node:net'
import { fromBase64 } from './base64.ts'
import { AlbError } from './errors.ts'
import type { AlbEvent } from './types.ts'

/** One HTTP request as a Node server would have parsed it. */
export interface HttpRequest {
  readonly method: string
  /** Path and query as the client sent them. */
  readonly target: string
  /** Name and value by turns, one pair per header line, as `IncomingMessage.rawHeaders`. */
  readonly rawHeaders: string[]
  readonly body: Buffer
  readonly peer: Peer
  readonly acceptEncoding: string | undefined
}

/** The client end of the connection, as the load balancer reports it. */
export interface Peer {
  readonly address: string | undefined
  readonly port: number | undefined
  readonly encrypted: boolean
}

type Values = Readonly<Record<string, readonly string[] | string | undefined>>

const EMPTY = Buffer.alloc(0)
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const PLAIN = /^[\t\x20-\x7e]*$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/

/**
 * Whether a Lambda event comes from an Application Load Balancer: `requestContext.elb` is there.
 * Warm-up, scheduled, API Gateway and console test events are not.
 */
export function isAlbEvent(event: unknown): event is AlbEvent {
  const requestContext = (event as { requestContext?: { elb?: unknown } } | null | undefined)
    ?.requestContext
  return typeof requestContext?.elb === 'object' && requestContext.elb !== null
}

/** Whether the target group of the event has multi-value headers on. */
export function hasMultiValueHeaders(event: AlbEvent): boolean {
  // Whatever rewrites events on their way may write the absent field as null.
  return event.multiValueHeaders !== undefined && event.multiValueHeaders !== null
}

/**
 * The request in an event. Nothing is decoded or re-encoded: the load balancer leaves path and
 * query as the client spelled them.
 */
export function toRequest(event: AlbEvent): HttpRequest {
  if (typeof event.httpMethod !== 'string' || !isToken(event.httpMethod)) {
    throw invalid('httpMethod', event.httpMethod, 'a method name')
  }
  const rawHeaders = toRawHeaders(event)
  return {
    method: event.httpMethod,
    target: toTarget(event),
    rawHeaders,
    body: toBody(event),
    peer: toPeer(
      lastValue(rawHeaders, 'x-forwarded-for'),
      lastValue(rawHeaders, 'x-forwarded-proto'),
    ),
    acceptEncoding: lastValue(rawHeaders, 'accept-encoding'),
  }
}

function toTarget(event: AlbEvent): string {
  if (typeof event.path !== 'string' || event.path === '') {
    throw invalid('path', event.path, 'a path')
  }
  const [field, parameters] = hasMultiValueHeaders(event)
    ? (['multiValueQueryStringParameters', event.multiValueQueryStringParameters] as const)
    : (['queryStringParameters', event.queryStringParameters] as const)
  const pairs: string[] = []
  for (const [key, value] of valuesOf(field, parameters)) {
    pairs.push(`${toBytes(`${field} key`, key)}=${toBytes(`${field}[${quote(key)}]`, value)}`)
  }
  const path = toBytes('path', event.path)
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

function toRawHeaders(event: AlbEvent): string[] {
  const [field, headers] = hasMultiValueHeaders(event)
    ? (['multiValueHeaders', event.multiValueHeaders] as const)
    : (['headers', event.headers] as const)
  const rawHeaders: string[] = []
  for (const [name, value] of valuesOf(field, headers)) {
    if (!isToken(name)) throw invalid(`${field} name`, name, 'a header name')
    rawHeaders.push(name, toBytes(`${field}[${quote(name)}]`, value))
  }
  return rawHeaders
}

/** Name and value of each entry, in event order; a name with several values comes several times. */
function* valuesOf(field: string, values: Values | null | undefined): Generator<[string, string]> {
  if (values === null || values === undefined) return
  if (typeof values !== 'object' || Array.isArray(values)) throw invalid(field, values, 'an object')
  const isMulti = field.startsWith('multi')
  for (const name of Object.keys(values)) {
    const value = values[name]
    if (value === undefined) continue
    if (isMulti !== Array.isArray(value)) {
      throw invalid(`${field}[${quote(name)}]`, value, isMulti ? 'an array of strings' : 'a string')
    }
    for (const item of isMulti ? value : [value]) {
      if (typeof item !== 'string') throw invalid(`${field}[${quote(name)}]`, item, 'a string')
      yield [name, item]
    }
  }
}

/**
 * Text as Node shows the bytes behind it: one character per byte. The load balancer decodes
 * header and URL bytes as UTF-8 to put them in JSON; Node's parser reads them as latin1.
 */
function toBytes(field: string, text: string): string {
  if (PLAIN.test(text)) return text
  if (CONTROL.test(text)) throw invalid(field, text, 'text without control characters')
  if (!text.isWellFormed()) throw invalid(field, text, 'text without lone surrogates')
  return Buffer.from(text, 'utf8').toString('latin1')
}

function toBody({ body, isBase64Encoded = false }: AlbEvent): Buffer {
  if (typeof isBase64Encoded !== 'boolean') {
    throw invalid('isBase64Encoded', isBase64Encoded, 'a boolean')
  }
  if (body === undefined || body === null || body === '') return EMPTY
  if (typeof body !== 'string') throw invalid('body', body, 'a string')
  if (!isBase64Encoded) {
    if (!body.isWellFormed())
      throw new AlbError(
        'ALB_ERR_INVALID_EVENT',
        'body of the event has lone surrogates, which no bytes stand for',
      )
    return Buffer.from(body, 'utf8')
  }
  const bytes = fromBase64(body)
  if (bytes) return bytes
  throw new AlbError(
    'ALB_ERR_INVALID_EVENT',
    'body of the event is not valid base64, as isBase64Encoded says it is',
  )
}

/**
 * The load balancer appends its client to `x-forwarded-for`; all that stands before the last entry
 * is what that client claims.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
function toPeer(forwardedFor = '', protocol: string | undefined): Peer {
  const client = forwardedFor.slice(forwardedFor.lastIndexOf(',') + 1).trim()
  // With client ports: `192.0.2.1:5000`, `[2001:db8::1]:5000`.
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(client) ?? []
  const address = bracketed ?? plain ?? client
  return {
    address: isIP(address) ? address : undefined,
    port: port === undefined ? undefined : Number(port),
    encrypted: protocol === 'https',
  }
}

function lastValue(rawHeaders: readonly string[], name: string): string | undefined {
  // Names of an event are lower case.
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index] === name) return rawHeaders[index + 1]
  }
  return undefined
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

function quote(name: string): string {
  return JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name)
}

function invalid(field: string, found: unknown, allowed: string): AlbError {
  const shown = typeof found === 'string' ? `a text of ${found.length} characters` : describe(found)
  return new AlbError(
    'ALB_ERR_INVALID_EVENT',
    `${field} of the event must be ${allowed}, found ${shown}`,
  )
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : `${typeof value}`
}
