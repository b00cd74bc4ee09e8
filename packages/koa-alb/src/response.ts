/** A complete response as Node would have sent it. */
export interface HttpResponse {
  readonly head: ResponseHead
  /** One string if the app gave it as one, or bytes. */
  readonly body: string | Buffer
}

/** Status and end-to-end fields of a response. */
export interface ResponseHead {
  readonly statusCode: number
  /** Code, one space, reason phrase. */
  readonly statusDescription: string
  readonly fields: Fields
}

/** Fields by lower-case name, in the order they were set. */
export type Fields = Map<string, Field>

export interface Field {
  /** As the app spelled it. */
  readonly name: string
  /** One per header line. */
  readonly values: readonly string[]
}

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

/** The head that Node composed: status line and header lines, each ended by CRLF. */
export function toHead(head: string): ResponseHead {
  const end = head.indexOf('\r\n')
  const statusDescription = head.slice('HTTP/1.1 '.length, end)
  const collector = new FieldCollector()
  for (let start = end + 2; ; ) {
    const lineEnd = head.indexOf('\r\n', start)
    if (lineEnd <= start) break
    const colon = head.indexOf(': ', start)
    collector.add(head.slice(start, colon), head.slice(colon + 2, lineEnd))
    start = lineEnd + 2
  }
  const statusCode = Number(statusDescription.slice(0, 3))
  return { statusCode, statusDescription, fields: collector.fields() }
}

/** Collects end-to-end fields; lines of one name, in whatever case, make one field. */
export class FieldCollector {
  readonly #fields = new Map<string, { name: string; values: string[] }>()
  #named = ''

  add(name: string, value: string): void {
    const key = name.toLowerCase()
    if (HOP_BY_HOP.has(key)) {
      if (key === 'connection') this.#named += `,${value}`
      return
    }
    const field = this.#fields.get(key)
    if (field) field.values.push(value)
    else this.#fields.set(key, { name, values: [value] })
  }

  fields(): Fields {
    // What Node says by itself names no field.
    if (this.#named === ',keep-alive' || this.#named === '') return this.#fields
    for (const name of this.#named.split(',')) this.#fields.delete(name.trim().toLowerCase())
    return this.#fields
  }
}

/** The media type without parameters, in lower case; empty when there is none. */
export function mediaTypeOf(fields: Fields): string {
  const type = fields.get('content-type')?.values[0] ?? ''
  const end = type.indexOf(';')
  return (end < 0 ? type : type.slice(0, end)).trim().toLowerCase()
}
