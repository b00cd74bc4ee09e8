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
export function toHead(text: string): ResponseHead {
  const collector = new FieldCollector()
  for (let start = text.indexOf('\r\n') + 2; ; ) {
    const lineEnd = text.indexOf('\r\n', start)
    if (lineEnd <= start) break
    const colon = text.indexOf(': ', start)
    collector.add(text.slice(start, colon), text.slice(colon + 2, lineEnd))
    start = lineEnd + 2
  }
  const statusDescription = text.slice('HTTP/1.1 '.length, text.indexOf('\r\n'))
  const statusCode = Number(statusDescription.slice(0, 3))
  return { statusCode, statusDescription, fields: collector.fields() }
}

/** Collects end-to-end fields; lines of one name, in whatever case, make one field. */
export class FieldCollector {
  readonly #fields: Fields = []
  #named = ''

  add(name: string, value: string): void {
    const key = name.toLowerCase()
    if (HOP_BY_HOP.has(key)) {
      if (key === 'connection') this.#named += `,${value}`
      return
    }
    const field = fieldOf(this.#fields, key)
    if (field) field.values.push(value)
    else this.#fields.push({ key, name, values: [value] })
  }

  fields(): Fields {
    // What Node says by itself names no field.
    if (/^(?:,keep-alive)?$/.test(this.#named)) return this.#fields
    const named = this.#named.split(',').map((name) => name.trim().toLowerCase())
    return this.#fields.filter(({ key }) => !named.includes(key))
  }
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
