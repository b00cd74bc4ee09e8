import { trimmed } from './header-lines.ts'

/** A complete response as Node would have sent it. */
export interface HttpResponse {
  readonly head: ResponseHead
  /** One string if the app gave it as one, or bytes, which may have been encoded already. */
  readonly body: string | Buffer | Base64
}

/** Bytes for a document that has them in base64. */
export interface Base64 {
  readonly base64: string
}

/** The bytes of a body; those of a Buffer are its own. */
export function bytesOfBody(body: HttpResponse['body']): Buffer {
  if (typeof body === 'string') return Buffer.from(body)
  return 'base64' in body ? Buffer.from(body.base64, 'base64') : Buffer.from(body)
}

/** Status and end-to-end fields of a response. */
export interface ResponseHead {
  readonly statusCode: number
  /** Code, one space, reason phrase. */
  readonly statusDescription: string
  readonly fields: Fields
  /** Each value was looked at before, and has nothing but visible ASCII. */
  readonly isAscii?: boolean
}

/** In the order they were set, each name once. */
export type Fields = Field[]

export interface Field {
  /** The name in lower case. */
  readonly key: string
  /** As the app spelled it. */
  readonly name: string
  /** One per header line. */
  readonly values: string[]
}

/**
 * Fields that concern one connection only; the load balancer frames the message itself. Those that
 * `connection` names stay: an app that proxies may repeat there what a client wrote, and a client
 * must not take fields away from a response.
 */
export const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The head that Node composed: status line and header lines, each ended by CRLF. */
export function toHead(text: string): ResponseHead {
  const fields: Fields = []
  for (let start = text.indexOf('\r\n') + 2; ; ) {
    const lineEnd = text.indexOf('\r\n', start)
    if (lineEnd <= start) break
    const colon = text.indexOf(': ', start)
    addLine(fields, text.slice(start, colon), text.slice(colon + 2, lineEnd))
    start = lineEnd + 2
  }
  const statusDescription = text.slice('HTTP/1.1 '.length, text.indexOf('\r\n'))
  const statusCode = Number(statusDescription.slice(0, 3))
  return { statusCode, statusDescription, fields }
}

/** Adds a line to end-to-end fields; lines of one name, in whatever case, make one field. */
export function addLine(fields: Fields, name: string, text: string): void {
  const key = name.toLowerCase()
  if (HOP_BY_HOP.has(key)) return
  const value = trimmed(text)
  const field = fieldOf(fields, key)
  if (field) field.values.push(value)
  else fields.push({ key, name, values: [value] })
}

export function fieldOf(fields: Fields, key: string): Field | undefined {
  for (const field of fields) if (field.key === key) return field
  return undefined
}

/** The media type without parameters, in lower case; empty when there is none. */
export function mediaTypeOf(fields: Fields): string {
  const type = fieldOf(fields, 'content-type')?.values[0] ?? ''
  const end = type.indexOf(';')
  return (end < 0 ? type : type.slice(0, end)).trim().toLowerCase()
}
