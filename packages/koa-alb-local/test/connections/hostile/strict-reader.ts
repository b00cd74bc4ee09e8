/**
 * The requests in a stream as one strict reader of RFC 9112 finds them, up to the first fault: what a
 * second parser behind the load balancer would make of the same bytes. As Node, it overlooks line ends
 * before a request line, counts several spaces in it as one, and lets HTTP/0.9 end it with LF. As AWS,
 * it takes any token for a method, and any byte but NUL, CR and LF in a target and a value.
 */
export function readRequests(stream: string): string[] {
  const calls: string[] = []
  let rest = stream
  for (;;) {
    const head = heads.exec(rest.replace(/^[\r\n]+/, ''))
    if (!head) return calls
    const [matched, method = '', target = '', version = '0.9', lines = ''] = head
    const after = rest.replace(/^[\r\n]+/, '').slice(matched.length)
    const message = readBody(lines.split('\r\n').slice(0, -1), version, after)
    if (!message) return calls
    calls.push(`${method} ${target.replace(/ +$/, '')} ${message.body}`.trimEnd())
    rest = message.rest
  }
}

interface Message {
  readonly body: string
  readonly rest: string
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"
const line = `${token}:[^\\0\\r\\n]*\\r\\n`
const heads = new RegExp(
  `^(${token}) +(/[\\x21-\\x7e]*(?= *\\r?\\n)|/[^\\0\\r\\n]*(?= HTTP/))(?: *\\r?\\n| +HTTP/(1\\.1|1\\.0|0\\.9)\\r\\n((?:${line})*))\\r\\n`,
)
const trailers = new RegExp(`^((?:${line})*)\\r\\n`)
const chunkHead = /^([0-9A-Fa-f]+)(?:;[\t\x20-\x7e]+)?\r\n/

function readBody(lines: readonly string[], version: string, after: string): Message | undefined {
  const lengths = valuesOf(lines, 'content-length')
  const codings = valuesOf(lines, 'transfer-encoding')
  if (codings.length > 0) {
    const list = codings.join(',').split(',')
    const isPlain = list.every((coding) => /^[ \t]*(chunked|identity)[ \t]*$/i.test(coding))
    const chunked = list.findIndex((coding) => /chunked/i.test(coding))
    const isLast = chunked === list.length - 1
    return version === '1.1' && isPlain && isLast && lengths.length === 0
      ? readChunks(after)
      : undefined
  }
  if (lengths.length === 0) return { body: '', rest: after }
  const length = lengths.length === 1 && /^\d+$/.test(lengths[0] ?? '') ? Number(lengths[0]) : -1
  if (length < 0 || after.length < length) return undefined
  return { body: after.slice(0, length), rest: after.slice(length) }
}

function readChunks(after: string): Message | undefined {
  let body = ''
  let rest = after
  for (;;) {
    const head = chunkHead.exec(rest)
    if (!head) return undefined
    rest = rest.slice(head[0].length)
    const size = Number.parseInt(head[1] ?? '', 16)
    if (size === 0) {
      const end = trailers.exec(rest)
      return end ? { body, rest: rest.slice(end[0].length) } : undefined
    }
    if (rest.slice(size, size + 2) !== '\r\n') return undefined
    body += rest.slice(0, size)
    rest = rest.slice(size + 2)
  }
}

function valuesOf(lines: readonly string[], wanted: string): string[] {
  return lines
    .filter((each) => each.slice(0, each.indexOf(':')).toLowerCase() === wanted)
    .map((each) => each.slice(each.indexOf(':') + 1).replace(/^[ \t]+|[ \t]+$/g, ''))
}
