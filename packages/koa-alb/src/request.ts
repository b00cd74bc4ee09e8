import { fromBase64 } from './base64.ts'
import { AlbError } from './errors.ts'
import { isToken } from './header-lines.ts'
import type { AlbEvent } from './types.ts'

/** One HTTP request as a Node server would have parsed it. */
export interface HttpRequest {
  readonly method: string
  /** Path and query as the client sent them. */
  readonly target: string
  /** Name and value by turns, one pair per header line, as `IncomingMessage.rawHeaders`. */
  readonly rawHeaders: string[]
  readonly body: Buffer
}

type Values = Readonly<Record<string, readonly string[] | string | undefined>>

const EMPTY = Buffer.alloc(0)
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
  return {
    method: event.httpMethod,
    target: toTarget(event),
    rawHeaders: toRawHeaders(event),
    body: toBody(event),
  }
}

function toTarget(event: AlbEvent): string {
  if (event.path === '') throw invalid('path', event.path, 'a path')
  const isMulti = hasMultiValueHeaders(event)
  const field = isMulti ? 'multiValueQueryStringParameters' : 'queryStringParameters'
  const pairs = pairsOf(field, event[field], isMulti)
  let target = toBytes(event.path, 'path')
  for (let index = 0; index < pairs.length; index += 2) {
    const key = toBytes(pairs[index], `${field} key`)
    target += `${index === 0 ? '?' : '&'}${key}=${pairs[index + 1]}`
  }
  return target
}

function toRawHeaders(event: AlbEvent): string[] {
  const isMulti = hasMultiValueHeaders(event)
  const field = isMulti ? 'multiValueHeaders' : 'headers'
  const pairs = pairsOf(field, event[field], isMulti)
  for (let index = 0; index < pairs.length; index += 2) {
    const name = pairs[index] ?? ''
    if (!isToken(name)) throw invalid(`${field} name`, name, 'a header name')
  }
  return pairs
}

/** Name and value by turns, in event order; a name of several values once for each. */
function pairsOf(field: string, values: Values | null | undefined, isMulti: boolean): string[] {
  if (values === null || values === undefined) return []
  if (typeof values !== 'object' || Array.isArray(values)) throw invalid(field, values, 'an object')
  const pairs: string[] = []
  for (const name of Object.keys(values)) {
    const value = values[name]
    if (value === undefined) continue
    if (!isMulti) pairs.push(name, toBytes(value, field, name))
    else if (!Array.isArray(value)) throw invalid(at(field, name), value, 'an array of strings')
    else for (const one of value) pairs.push(name, toBytes(one, field, name))
  }
  return pairs
}

/**
 * Text as Node shows the bytes behind it: one character per byte. The load balancer decodes
 * header and URL bytes as UTF-8 to put them in JSON; Node's parser reads them as latin1.
 */
function toBytes(text: unknown, field: string, name?: string): string {
  if (typeof text === 'string' && PLAIN.test(text)) return text
  const where = name === undefined ? field : at(field, name)
  if (typeof text !== 'string')
    throw invalid(where, text, name === undefined ? 'a path' : 'a string')
  if (CONTROL.test(text)) throw invalid(where, text, 'text without control characters')
  if (!text.isWellFormed()) throw invalid(where, text, 'text without lone surrogates')
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
    return ownBytes(body)
  }
  const bytes = fromBase64(body)
  if (bytes) return bytes
  throw new AlbError(
    'ALB_ERR_INVALID_EVENT',
    'body of the event is not valid base64, as isBase64Encoded says it is',
  )
}

/** What `Buffer.from` gives may lie beside other bodies in a pool that the app can read. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}

function at(field: string, name: string): string {
  return `${field}[${JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name)}]`
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
