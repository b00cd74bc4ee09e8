export type HeaderLine = readonly [name: string, value: string]

/** A response as it stood on the wire, framing taken off; texts have one character per byte. */
export interface ReceivedResponse {
  readonly statusLine: string
  /** Values without blanks around them, as every client reads them. */
  readonly lines: readonly HeaderLine[]
  readonly body: Buffer
  /**
   * How the message ended: as its framing says; by the connection closing, or falling silent, before
   * that; or with bytes left that no message accounts for.
   */
  readonly end: 'complete' | 'closed' | 'silent' | 'excess'
}

interface Parsed {
  readonly response: ReceivedResponse
  /** Bytes of the response and of the interim ones before it. */
  readonly length: number
}

/** The final response at the start of `bytes`, once it is there in full. */
export function parseResponse(bytes: Buffer, isHead: boolean, closed: boolean): Parsed | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [statusLine = '', ...texts] = bytes.toString('latin1', 0, headEnd).split('\r\n')
  const status = Number(statusLine.split(' ')[1])
  const rest = bytes.subarray(headEnd + 4)
  if (status < 200) {
    const following = parseResponse(rest, isHead, closed)
    return following && { ...following, length: headEnd + 4 + following.length }
  }
  const lines = texts.map(toLine)
  const hasNoBody = isHead || status === 204 || status === 304
  const framed = hasNoBody ? { body: Buffer.alloc(0), length: 0 } : parseBody(rest, lines, closed)
  if (!framed) return undefined
  const { body, length } = framed
  return { response: { statusLine, lines, body, end: 'complete' }, length: headEnd + 4 + length }
}

export function closesConnection({ lines, end }: ReceivedResponse): boolean {
  return end !== 'complete' || /(^|,)\s*close\s*(,|$)/i.test(lastValueOf(lines, 'connection') ?? '')
}

interface FramedBody {
  readonly body: Buffer
  /** Bytes of the body and its framing. */
  readonly length: number
}

function parseBody(
  bytes: Buffer,
  lines: readonly HeaderLine[],
  closed: boolean,
): FramedBody | undefined {
  if (/(^|,)\s*chunked\s*$/i.test(lastValueOf(lines, 'transfer-encoding') ?? '')) {
    return parseChunks(bytes)
  }
  const declared = lastValueOf(lines, 'content-length')
  const length = declared === undefined ? bytes.length : Number(declared)
  if (declared === undefined ? !closed : bytes.length < length) return undefined
  return { body: bytes.subarray(0, length), length }
}

/** Chunks and trailers; the trailers are dropped. */
function parseChunks(bytes: Buffer): FramedBody | undefined {
  const chunks: Buffer[] = []
  for (let position = 0; position < bytes.length; ) {
    const sizeEnd = bytes.indexOf('\r\n', position)
    if (sizeEnd < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', position, sizeEnd), 16)
    if (size === 0) {
      // The last chunk's line end begins the empty line when there are no trailers.
      const end = bytes.indexOf('\r\n\r\n', sizeEnd)
      return end < 0 ? undefined : { body: Buffer.concat(chunks), length: end + 4 }
    }
    chunks.push(bytes.subarray(sizeEnd + 2, sizeEnd + 2 + size))
    position = sizeEnd + 2 + size + 2
  }
  return undefined
}

function toLine(text: string): HeaderLine {
  const colon = text.indexOf(':')
  return [text.slice(0, colon), withoutBlanksAround(text.slice(colon + 1))]
}

export function withoutBlanksAround(value: string): string {
  return value.replace(/^[ \t]+|[ \t]+$/g, '')
}

/** The last value of a field. */
function lastValueOf(lines: readonly HeaderLine[], wanted: string): string | undefined {
  return lines.findLast(([name]) => name.toLowerCase() === wanted)?.[1]
}
