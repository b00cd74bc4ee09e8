import type { AnswerHead } from '../answer/answer.ts'

/** What an HTTP/2 request asks for, with its lines as HTTP/1 would have them. */
export interface Http2Request {
  readonly method: string
  readonly target: string
  readonly lines: readonly string[]
}

/**
 * As HTTP asks of whoever passes HTTP/2 on as HTTP/1: the authority becomes the host, in place of any
 * other (RFC 9113, section 8.3.1), and the pieces of a cookie one line.
 */
export function toHttp1Request(rawHeaders: readonly string[]): Http2Request {
  const pseudo = new Map<string, string>()
  const lines: string[] = []
  const cookies: string[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    if (name.startsWith(':')) pseudo.set(name, value)
    else if (name === 'cookie') cookies.push(value)
    // The pseudo-headers come first.
    else if (name !== 'host' || !pseudo.get(':authority')) lines.push(name, value)
  }
  const authority = pseudo.get(':authority')
  if (authority) lines.unshift('host', authority)
  if (cookies.length > 0) lines.push('cookie', cookies.join('; '))
  return { method: pseudo.get(':method') ?? '', target: pseudo.get(':path') ?? '', lines }
}

// What is about an HTTP/1 connection makes an HTTP/2 message malformed: RFC 9113, section 8.2.2, and
// RFC 7540, section 3.2.1, for the last. Node throws when it is to send one.
const ofConnections =
  /^(connection|keep-alive|proxy-connection|te|transfer-encoding|upgrade|http2-settings)$/

type Fields = Record<string, string | number | string[]>

/** The fields of an answer with this body, and the bytes that they take as text. */
export function toHttp2Fields(
  { status, lines }: AnswerHead,
  body: Buffer,
): { fields: Fields; bytes: number } {
  // Without a prototype, or a field could be called `constructor`, and one called `__proto__` be lost.
  const fields: Fields = Object.create(null)
  fields[':status'] = status
  let bytes = 0
  for (const [sentName, sentValue] of lines) {
    const name = sentName.toLowerCase()
    if (ofConnections.test(name)) continue
    const value = fieldValue(name, sentValue, status, body)
    const earlier = fields[name]
    bytes += name.length + value.length
    if (earlier === undefined) fields[name] = name === 'set-cookie' ? [value] : value
    else if (Array.isArray(earlier)) earlier.push(value)
    // Node refuses to send some names twice; HTTP has one line with a comma mean the same.
    else fields[name] = `${earlier}, ${value}`
  }
  return { fields, bytes }
}

// HTTP/1 has no blanks around a value either, RFC 9112, section 5.1; in HTTP/2 they are malformed.
function fieldValue(name: string, sent: string, status: number, body: Buffer): string {
  // Node sends no body with this status.
  if (name === 'content-length' && status === 205) return String(body.length)
  return sent.trim()
}
