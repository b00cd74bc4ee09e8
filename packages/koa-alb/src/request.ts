import { isVisibleAscii } from './ascii-fields.ts'
import { AlbError } from './errors.ts'
import { frame } from './framing.ts'
import { isToken, trimmed } from './header-lines.ts'
import { at, invalid, invalidEvent } from './invalid-event.ts'
import { isFieldValue, isMethod, isTarget } from './refusal.ts'
import { toBody } from './request-body.ts'
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

/**
 * Whether a Lambda event comes from an Application Load Balancer: `requestContext.elb` is there.
 * Warm-up, scheduled, API Gateway and console test events are not.
 */
export function isAlbEvent(event: unknown): event is AlbEvent {
  try {
    const requestContext = (event as { requestContext?: { elb?: unknown } } | null | undefined)
      ?.requestContext
    return typeof requestContext?.elb === 'object' && requestContext.elb !== null
  } catch {
    // An accessor threw: nothing that comes as JSON has one.
    return false
  }
}

/** Whether the target group of the event has multi-value headers on. */
export function hasMultiValueHeaders(event: AlbEvent): boolean {
  try {
    return isGiven(event.multiValueHeaders)
  } catch {
    return false
  }
}

/** Whatever rewrites events on their way may write an absent field as null. */
function isGiven(field: unknown): boolean {
  return field !== undefined && field !== null
}

/** Method and path of any event, for messages: empty where there is no text to read. */
export function endpointOf(event: AlbEvent): { readonly method: string; readonly path: string } {
  return { method: textOf(() => event.httpMethod), path: textOf(() => event.path) }
}

function textOf(read: () => unknown): string {
  try {
    const text = read()
    return typeof text === 'string' ? text : ''
  } catch {
    return ''
  }
}

/**
 * The request in an event, `undefined` if Node's parser would refuse it. Nothing is decoded or
 * re-encoded: the load balancer leaves path and query as the client spelled them.
 * @throws AlbError `ALB_ERR_INVALID_EVENT` when no client can be behind a field of the event
 */
export function toRequest(event: AlbEvent): HttpRequest | undefined {
  try {
    return parse(event)
  } catch (cause) {
    if (cause instanceof AlbError) throw cause
    throw invalidEvent('A field of the event cannot be read', { cause })
  }
}

function parse(event: AlbEvent): HttpRequest | undefined {
  const isMulti = isGiven(event.multiValueHeaders)
  const method = toMethod(event.httpMethod)
  const target = toTarget(event, isMulti)
  const rawHeaders = toRawHeaders(event, isMulti)
  const body = toBody(event)
  if (method === undefined || target === undefined || rawHeaders === undefined) return undefined
  return frame(rawHeaders, body.length) ? { method, target, rawHeaders, body } : undefined
}

function toMethod(method: unknown): string | undefined {
  if (typeof method === 'string' && isMethod(method)) return method
  if (typeof method !== 'string' || method === '') {
    throw invalid('httpMethod', method, 'a method name')
  }
  expectWellFormed(method, 'httpMethod')
  return undefined
}

function toTarget(event: AlbEvent, isMulti: boolean): string | undefined {
  const { path } = event
  if (typeof path !== 'string' || path === '') throw invalid('path', path, 'a path')
  const field = isMulti ? 'multiValueQueryStringParameters' : 'queryStringParameters'
  const pairs = pairsOf(field, event[field], isMulti)
  let target = path
  for (let index = 0; index < pairs.length; index += 2) {
    target += `${index === 0 ? '?' : '&'}${pairs[index]}=${pairs[index + 1]}`
  }
  if (!isVisibleAscii(target)) {
    expectWellFormed(path, 'path')
    expectWellFormed(target, field)
    target = toBytes(target)
    if (!isFieldValue(target)) return undefined
  }
  return isTarget(target) ? target : undefined
}

function toRawHeaders(event: AlbEvent, isMulti: boolean): string[] | undefined {
  const field = isMulti ? 'multiValueHeaders' : 'headers'
  const pairs = pairsOf(field, event[field], isMulti)
  let isRefused = false
  for (let index = 0; index < pairs.length; index += 2) {
    const name = pairs[index] ?? ''
    if (!isToken(name)) {
      expectWellFormed(name, `${field} name`)
      isRefused = true
    }
    const value = pairs[index + 1] ?? ''
    // As it comes from a parser.
    if (isVisibleAscii(value) && trimmed(value) === value) continue
    expectWellFormed(value, at(field, name))
    if (!isFieldValue(value)) isRefused = true
    pairs[index + 1] = toBytes(trimmed(value))
  }
  return isRefused ? undefined : pairs
}

/** Name and value by turns, in event order; a name of several values once for each. */
function pairsOf(field: string, values: Values | null | undefined, isMulti: boolean): string[] {
  if (values === null || values === undefined) return []
  if (typeof values !== 'object' || Array.isArray(values)) throw invalid(field, values, 'an object')
  const pairs: string[] = []
  for (const name of Object.keys(values)) {
    const value = values[name]
    if (value === undefined) continue
    if (!isMulti) pairs.push(name, expectText(value, field, name))
    else if (!Array.isArray(value)) throw invalid(at(field, name), value, 'an array of strings')
    else for (const one of value) pairs.push(name, expectText(one, field, name))
  }
  return pairs
}

function expectText(value: unknown, field: string, name: string): string {
  if (typeof value === 'string') return value
  throw invalid(at(field, name), value, 'a string')
}

function expectWellFormed(text: string, field: string): void {
  if (!text.isWellFormed()) throw invalid(field, text, 'text without lone surrogates')
}

/**
 * Text as Node shows the bytes behind it: one character per byte. The load balancer decodes
 * header and URL bytes as UTF-8 to put them in JSON; Node's parser reads them as latin1.
 */
function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
