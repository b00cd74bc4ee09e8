import fc from 'fast-check'
import { requestLines } from './request-lines.ts'
import type { HeaderLine } from './response-bytes.ts'
import { target } from './targets.ts'
import { latin1Text, utf8Text, wireText } from './texts.ts'

/** A request as a client sends it. All texts have one character per byte. */
export interface ParityRequest {
  readonly method: string
  readonly target: string
  /** All lines but those of the framing. */
  readonly lines: readonly HeaderLine[]
  readonly body: string
  /** Chunk sizes by turns for a chunked body; `null` frames it with content-length. */
  readonly chunkSizes: readonly number[] | null
  /** Header lines after the last chunk. */
  readonly trailers: readonly HeaderLine[]
  /** Whether an empty body is declared with `content-length: 0`. */
  readonly declaresEmptyBody: boolean
}

/** A request as it stands on the wire: the framing among its lines, and in its body if chunked. */
export interface RequestMessage {
  readonly method: string
  readonly target: string
  readonly lines: readonly HeaderLine[]
  readonly body: string
}

export function toMessage(request: ParityRequest): RequestMessage {
  const { method, target, body, chunkSizes, trailers } = request
  const lines = [...request.lines, ...framingLines(request)]
  return {
    method,
    target,
    lines,
    body: chunkSizes ? toChunks(body, chunkSizes) + toLines(trailers) : body,
  }
}

export function toBytes({ method, target, lines, body }: RequestMessage): Buffer {
  return Buffer.from(`${method} ${target} HTTP/1.1\r\n${toLines(lines)}${body}`, 'latin1')
}

/** The lines and the empty line that ends them. */
function toLines(lines: readonly HeaderLine[]): string {
  return `${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
}

function framingLines({ body, chunkSizes, declaresEmptyBody }: ParityRequest): HeaderLine[] {
  if (chunkSizes) return [['Transfer-Encoding', 'chunked']]
  if (body === '' && !declaresEmptyBody) return []
  return [['Content-Length', String(body.length)]]
}

/** At most 200 chunks: the last takes what is left. */
function toChunks(body: string, sizes: readonly number[]): string {
  const chunks: string[] = []
  for (let start = 0; start < body.length; ) {
    const turn = chunks.length
    const size = turn < 199 ? (sizes[turn % sizes.length] ?? 1) : body.length
    const chunk = body.slice(start, start + size)
    chunks.push(`${chunk.length.toString(16)}\r\n${chunk}\r\n`)
    start += chunk.length
  }
  return `${chunks.join('')}0\r\n`
}

const method = fc.oneof(
  { weight: 4, arbitrary: fc.constant('GET') },
  { weight: 4, arbitrary: fc.constant('POST') },
  {
    weight: 5,
    arbitrary: fc.constantFrom('HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'M-SEARCH'),
  },
)

const body = fc.oneof(
  { weight: 6, arbitrary: wireText(utf8Text({ minLength: 1, maxLength: 40 })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('{"a":1}', 'a=1&b=%20+', '\xef\xbb\xbf{}', '\r\n\r\n', '\0'),
  },
  { weight: 2, arbitrary: latin1Text({ minLength: 1, maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(wireText(utf8Text({ minLength: 1, maxLength: 10 })), fc.integer({ min: 1, max: 4000 }))
      .map(([text, times]) => text.repeat(times)),
  },
)

export const parityRequest: fc.Arbitrary<ParityRequest> = fc.record({
  method,
  target,
  lines: requestLines,
  body: fc.oneof({ weight: 4, arbitrary: fc.constant('') }, { weight: 6, arbitrary: body }),
  chunkSizes: fc.option(
    fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 5 }),
    { freq: 3 },
  ),
  trailers: fc.oneof(
    { weight: 9, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.constant<HeaderLine[]>([['X-Trailer', '1']]) },
  ),
  declaresEmptyBody: fc.boolean(),
})
