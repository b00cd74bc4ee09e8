import { isUtf8 } from 'node:buffer'
import { firstRefused, isVisibleAscii, toAscii } from './ascii-fields.ts'
import { cookieNames, lastOfEachCookie } from './cookies.ts'
import { AlbError } from './errors.ts'
import {
  type Fields,
  fieldOf,
  type HttpResponse,
  mediaTypeOf,
  type ResponseHead,
} from './response.ts'
import type { AlbResult } from './types.ts'

/**
 * 32 K, less room for the lines that the load balancer adds: server, date, type and length.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
const HEADERS_LIMIT_BYTES = 32_768 - 256
const TEXTUAL =
  /^(?:$|text\/.|application\/(?:json|json5|jsonl|x-ndjson|(?:x-)?javascript|ecmascript|xml|xml-dtd|x-www-form-urlencoded|graphql|(?:x-)?yaml|toml|sql)$)|.\+(?:json|xml|yaml)$/

/** Most types, without the expression, which takes 0.1 ms of a cold start to compile. */
const OFTEN = new Set(['application/json', 'text/html', 'text/plain', ''])

/** The type judged last, mostly that of the next, too: 3 % less time for a small exchange. */
let lastGiven = ''
let isLastTextual = true

/** What a document is for. */
export interface Recipient {
  /** Method and path, for messages. */
  readonly title: string
  readonly multiValueHeaders: boolean
}

/**
 * The document for a response, in the header mode of the event.
 * @throws AlbError `ALB_ERR_INVALID_STATUS`, `ALB_ERR_INVALID_HEADER`,
 *   `ALB_ERR_HEADERS_TOO_LARGE`, `ALB_ERR_TOO_MANY_COOKIES`
 */
export function toResult({ head, body }: HttpResponse, recipient: Recipient): AlbResult {
  const { statusCode, statusDescription } = head
  const { title, multiValueHeaders } = recipient
  const withoutDoubles = withLastCookies(head.fields)
  const fields = head.isAscii ? withoutDoubles : toSendable(withoutDoubles, title)
  check(head, fields, title)
  // Holds once the fields below are there.
  const result = { statusCode, statusDescription } as AlbResult
  if (multiValueHeaders) result.multiValueHeaders = toMultiValueHeaders(fields)
  else result.headers = toHeaders(fields, title)
  const content = toContent(body, fields)
  result.body = content.body
  result.isBase64Encoded = content.isBase64Encoded
  return result
}

type Content = Pick<AlbResult, 'body' | 'isBase64Encoded'>

/** Fields that a load balancer takes: most are, and go as they are. */
function toSendable(fields: Fields, title: string): Fields {
  if (fields.every(({ values }) => values.every(isVisibleAscii))) return fields
  return fields.map((field) => {
    const values = field.values.map((value) =>
      isVisibleAscii(value) ? value : toAscii(field, value),
    )
    for (const [index, value] of values.entries()) {
      const place = values.length > 1 ? `${field.name} (value ${index + 1})` : field.name
      expectVisibleAscii(value, `header ${place}`, title)
    }
    return { ...field, values }
  })
}

function expectVisibleAscii(text: string, where: string, title: string): void {
  if (isVisibleAscii(text)) return
  const { position, codePoint } = firstRefused(text)
  throw new AlbError(
    'ALB_ERR_INVALID_HEADER',
    `${title}: character ${position} of ${where} is ${codePoint}; a load balancer takes visible ASCII, space and tab: encode it, for one with encodeURIComponent()`,
  )
}

function check(head: ResponseHead, fields: Fields, title: string): void {
  const { statusCode, statusDescription } = head
  if (!(statusCode >= 200 && statusCode <= 599)) {
    throw new AlbError(
      'ALB_ERR_INVALID_STATUS',
      `${title}: the app answered ${statusCode}; a load balancer sends a final status from 200 to 599`,
    )
  }
  expectVisibleAscii(statusDescription.slice(4), 'the reason phrase', title)
  let bytes = 'HTTP/1.1 \r\n'.length + statusDescription.length
  for (const { name, values } of fields) {
    // A colon, a space, CR and LF.
    for (const value of values) bytes += name.length + value.length + 4
  }
  if (bytes <= HEADERS_LIMIT_BYTES) return
  throw new AlbError(
    'ALB_ERR_HEADERS_TOO_LARGE',
    `${title}: the response headers take ${bytes} bytes; a load balancer carries ${HEADERS_LIMIT_BYTES}`,
  )
}

function withLastCookies(fields: Fields): Fields {
  const cookies = fieldOf(fields, 'set-cookie')
  if (!cookies || cookies.values.length === 1) return fields
  const last = { ...cookies, values: lastOfEachCookie(cookies.values) }
  return fields.map((field) => (field === cookies ? last : field))
}

function toMultiValueHeaders(fields: Fields): Record<string, string[]> {
  const headers: Record<string, string[]> = {}
  for (const { name, values } of fields) define(headers, name, [...values])
  return headers
}

/** One value per name: repeated fields joined as HTTP allows, cookies under different spellings. */
function toHeaders(fields: Fields, title: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const { key, name, values } of fields) {
    const [value = ''] = values
    if (values.length === 1) define(headers, name, value)
    else if (key !== 'set-cookie') define(headers, name, values.join(', '))
    else
      for (const [index, spelling] of cookieNames(name, values.length, title).entries())
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
function toContent(body: HttpResponse['body'], fields: Fields): Content {
  if (typeof body === 'object' && 'base64' in body) {
    return { body: body.base64, isBase64Encoded: true }
  }
  if (body.length === 0) return { body: '', isBase64Encoded: false }
  const textual = isTextual(fields)
  if (textual && typeof body === 'string') {
    // JSON keeps a lone surrogate as it is; Node sends U+FFFD for it.
    return { body: body.toWellFormed(), isBase64Encoded: false }
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (textual && isUtf8(bytes)) return { body: bytes.toString('utf8'), isBase64Encoded: false }
  return { body: bytes.toString('base64'), isBase64Encoded: true }
}

/** Whether the type allows the body to be sent as text. */
export function isTextual(fields: Fields): boolean {
  if (fieldOf(fields, 'content-encoding')) return false
  const given = fieldOf(fields, 'content-type')?.values[0] ?? ''
  if (given !== lastGiven) {
    const type = mediaTypeOf(fields)
    isLastTextual = OFTEN.has(type) || TEXTUAL.test(type)
    lastGiven = given
  }
  return isLastTextual
}
