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
  const [statusLine = '', ...lines] = head.split('\r\n')
  const statusDescription = statusLine.slice('HTTP/1.1 '.length)
  return {
    statusCode: Number(statusDescription.slice(0, 3)),
    statusDescription,
    fields: toFields(
      lines.filter(Boolean).map((line) => {
        const colon = line.indexOf(': ')
        return [line.slice(0, colon), line.slice(colon + 2)]
      }),
    ),
  }
}

/** End-to-end fields of header lines; lines of one name, in whatever case, make one field. */
export function toFields(lines: Iterable<readonly [name: string, value: string]>): Fields {
  const fields = new Map<string, { name: string; values: string[] }>()
  for (const [name, value] of lines) {
    const field = fields.get(name.toLowerCase())
    if (field) field.values.push(value)
    else fields.set(name.toLowerCase(), { name, values: [value] })
  }
  for (const name of fields.get('connection')?.values.join().split(',') ?? []) {
    fields.delete(name.trim().toLowerCase())
  }
  for (const name of HOP_BY_HOP) fields.delete(name)
  return fields
}

/** The media type without parameters, in lower case; empty when there is none. */
export function mediaTypeOf(fields: Fields): string {
  const type = fields.get('content-type')?.values[0] ?? ''
  return type.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
