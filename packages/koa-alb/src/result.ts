import { isUtf8 } from 'node:buffer'
import { cookieNames, lastOfEachCookie } from './cookies.ts'
import { AlbError } from './errors.ts'
import type { HttpResponse } from './exchange.ts'
import type { AlbResult } from './types.ts'

interface Field {
  /** As the app spelled it. */
  readonly name: string
  readonly values: string[]
}
type Fields = Map<string, Field>

/** Fields that concern one connection only; the load balancer frames the message itself. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const VISIBLE_ASCII = /^[\t\x20-\x7e]*$/
const TEXTUAL =
  /^(?:text\/.+|.+\+(?:json|xml|yaml)|application\/(?:json|json5|jsonl|x-ndjson|(?:x-)?javascript|ecmascript|xml|xml-dtd|x-www-form-urlencoded|graphql|(?:x-)?yaml|toml|sql))$/

/**
 * The document for a response, in the header mode of the event.
 * @throws AlbError `ALB_ERR_INVALID_STATUS`, `ALB_ERR_INVALID_HEADER`, `ALB_ERR_TOO_MANY_COOKIES`
 */
export function toResult({ head, body }: HttpResponse, multiValueHeaders: boolean): AlbResult {
  const [statusLine = '', ...lines] = head.split('\r\n')
  const fields = toFields(lines)
  return {
    ...toStatus(statusLine),
    ...(multiValueHeaders
      ? { multiValueHeaders: toMultiValueHeaders(fields) }
      : { headers: toHeaders(fields) }),
    ...toBody(body, fields),
  }
}

function toStatus(statusLine: string): Pick<AlbResult, 'statusCode' | 'statusDescription'> {
  const statusDescription = statusLine.slice('HTTP/1.1 '.length)
  const statusCode = Number(statusDescription.slice(0, 3))
  if (statusCode < 200 || statusCode > 599) {
    throw new AlbError(
      'ALB_ERR_INVALID_STATUS',
      `A load balancer sends a final status from 200 to 599; the app answered ${statusCode}`,
    )
  }
  if (!VISIBLE_ASCII.test(statusDescription)) throw invalidHeader('The reason phrase')
  return { statusCode, statusDescription }
}

/** End-to-end fields by lower-case name, in the order they were set. */
function toFields(lines: readonly string[]): Fields {
  const fields: Fields = new Map()
  for (const line of lines) {
    if (line === '') continue
    const colon = line.indexOf(': ')
    const name = line.slice(0, colon)
    const value = line.slice(colon + 2)
    if (!VISIBLE_ASCII.test(value)) throw invalidHeader(`Header ${name}`)
    const field = fields.get(name.toLowerCase())
    if (field) field.values.push(value)
    else fields.set(name.toLowerCase(), { name, values: [value] })
  }
  for (const name of fields.get('connection')?.values.join().split(',') ?? []) {
    fields.delete(name.trim().toLowerCase())
  }
  for (const name of HOP_BY_HOP) fields.delete(name)
  const cookies = fields.get('set-cookie')
  if (cookies)
    fields.set('set-cookie', { name: cookies.name, values: lastOfEachCookie(cookies.values) })
  return fields
}

function toMultiValueHeaders(fields: Fields): Record<string, string[]> {
  const headers: Record<string, string[]> = {}
  for (const { name, values } of fields.values()) define(headers, name, values)
  return headers
}

/** One value per name: repeated fields joined as HTTP allows, cookies under different spellings. */
function toHeaders(fields: Fields): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [key, { name, values }] of fields) {
    if (key !== 'set-cookie') define(headers, name, values.join(', '))
    else
      for (const [index, spelling] of cookieNames(name, values.length).entries())
        define(headers, spelling, values[index] ?? '')
  }
  return headers
}

/** An own property even for `__proto__`, which assignment would take for the prototype. */
function define<Value>(headers: Record<string, Value>, name: string, value: Value): void {
  if (name !== '__proto__') headers[name] = value
  else
    Object.defineProperty(headers, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
}

/**
 * Text only where the type is textual (or absent), nothing is encoded, and the bytes are UTF-8;
 * base64 otherwise. The client receives the same bytes either way.
 */
function toBody(
  body: string | Buffer,
  fields: Fields,
): Pick<AlbResult, 'body' | 'isBase64Encoded'> {
  if (body.length === 0) return { body: '', isBase64Encoded: false }
  const type = fields.get('content-type')?.values[0]?.split(';', 1)[0]?.trim().toLowerCase()
  const textual = !fields.has('content-encoding') && (!type || TEXTUAL.test(type))
  if (textual && typeof body === 'string') {
    // JSON keeps a lone surrogate as it is; Node sends U+FFFD for it.
    return { body: body.toWellFormed(), isBase64Encoded: false }
  }
  const bytes = Buffer.from(body as string)
  if (textual && isUtf8(bytes)) return { body: bytes.toString('utf8'), isBase64Encoded: false }
  return { body: bytes.toString('base64'), isBase64Encoded: true }
}

function invalidHeader(field: string): AlbError {
  return new AlbError(
    'ALB_ERR_INVALID_HEADER',
    `${field} has characters other than visible ASCII, space and tab: a load balancer answers 502 to such a response`,
  )
}
