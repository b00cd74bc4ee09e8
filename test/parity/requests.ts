import fc from 'fast-check'
import type { HeaderLine } from './response-bytes.ts'
import { asciiText, caseOf, headerName, latin1Text, utf8Text, wireText } from './texts.ts'

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

const segment = fc.oneof(
  fc.constantFrom('a', 'b.html', '', '.', '..', '%2e%2E', '%20', '%2F', '%2f', '%00', '%zz', '%'),
  fc.constantFrom('+', ';p=1', '[x]', '@', ':', '*', '~', '!$&,\'()"<>\\^`{|}', '%E2%82%AC'),
  asciiText({ minLength: 1, maxLength: 20, without: / |\t|\?|#/g }),
)

// No bytes outside ASCII: a Node server and a load balancer alike refuse them in a target.
const path = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`)

const queryKey = fc.oneof(
  fc.constantFrom('a', 'b', 'A', 'a[]', 'a%5B%5D', 'a[b]', 'a.b', '', '%61', '+', 'a;b', '?', '/'),
  fc.constantFrom('0', '1', '10', '2', '01', '-1', '1.5', '4294967294', '4294967295'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', 'q'),
  asciiText({ maxLength: 6, without: / |\t|&|=|#/g }),
)
const queryValue = fc.oneof(
  fc.constantFrom('', '1', '2', '=', 'a=b=c', '+', '%2B', '%20', '%26', ';', 'a,b', '%zz', '%'),
  fc.constantFrom('%C2%A5', '%C2', 'http://x/?y', '[object%20Object]', '%00'),
  asciiText({ maxLength: 20, without: / |\t|&|#/g }),
)
const pair = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(queryKey, queryValue).map(([key, value]) => `${key}=${value}`) },
  { weight: 2, arbitrary: queryKey },
  { weight: 1, arbitrary: fc.constant('') },
)
const query = fc.oneof(
  { weight: 3, arbitrary: fc.constant('') },
  {
    weight: 7,
    arbitrary: fc.array(pair, { maxLength: 8 }).map((pairs) => `?${pairs.join('&')}`),
  },
)

const target = fc.oneof(
  { weight: 30, arbitrary: fc.tuple(path, query).map(([before, after]) => before + after) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(path, query)
      .map(([before, after]) => `http://Absolute.test${before}${after}`),
  },
)

const headerValue = fc.oneof(
  { weight: 10, arbitrary: asciiText({ maxLength: 30 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\t',
      'a, b',
      ' a ',
      '"q, r"',
      'a=1; b=2',
      'W/"x"',
      '*/*',
      '0',
    ),
  },
  { weight: 2, arbitrary: wireText(utf8Text({ minLength: 1, maxLength: 10 })) },
  { weight: 1, arbitrary: fc.nat({ max: 3000 }).map((length) => 'long'.repeat(length / 4)) },
)

const known: readonly HeaderLine[] = [
  ['accept', 'text/html;q=0.8, application/json'],
  ['accept-encoding', 'gzip, br'],
  ['accept-language', 'de, en;q=0.5'],
  ['authorization', 'Basic YTpi'],
  ['cache-control', 'no-cache'],
  ['cookie', 'a=1; b=2'],
  ['cookie', 'c="3"'],
  ['if-modified-since', 'Thu, 01 Jan 2015 00:00:00 GMT'],
  ['if-none-match', '"tag"'],
  ['if-none-match', '*'],
  ['max-forwards', '10'],
  ['origin', 'https://a.test'],
  ['range', 'bytes=0-1'],
  ['referer', 'http://a.test/%20?b=c'],
  ['set-cookie', 'x=1'],
  ['te', 'trailers'],
  ['user-agent', 'parity/1'],
  ['x-amzn-trace-id', 'Root=1-5759e988-bd862e3fe1be46a994272793;A=b'],
  ['x-forwarded-for', '203.0.113.7'],
  ['x-forwarded-for', '"<script>", 2001:db8::1'],
  ['x-forwarded-host', 'forged.test'],
  ['x-forwarded-proto', 'https'],
  ['x-http-method-override', 'DELETE'],
  ['x-requested-with', 'XMLHttpRequest'],
]

const line: fc.Arbitrary<HeaderLine> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(headerName, headerValue) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...known)
      .chain(([name, value]) => fc.tuple(caseOf(name), fc.constant(value))),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...known).chain(([name]) => fc.tuple(caseOf(name), headerValue)),
  },
)

const textTypes = [
  'text/plain',
  'TEXT/HTML; charset=latin1',
  'text/x;a="b;c"',
  'application/json',
  'application/javascript;v=1',
  'application/xml',
]
const binaryTypes = [
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/vnd.api+json',
  'application/jsonp',
  'image/png',
  'application/octet-stream',
  'text',
  '/',
  '',
]
const contentType = fc.constantFrom(...textTypes, ...binaryTypes)

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

const host = fc.constantFrom(
  'a.test',
  'A.Test',
  'a.test:8080',
  'a.test:80',
  '127.0.0.1:3000',
  '[::1]:3000',
  '[::1]',
  'münchen.test',
)

interface Parts {
  host: string
  lines: HeaderLine[]
  connection: string | undefined
  contentType: string | undefined
  contentEncoding: string | undefined
  expects: boolean
}

function placed(parts: Parts, place: number): HeaderLine[] {
  const lines = [...parts.lines]
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) lines.splice(place % (lines.length + 1), 0, [name, value])
  }
  add('Host', Buffer.from(parts.host, 'utf8').toString('latin1'))
  add('Connection', parts.connection)
  add('Content-Type', parts.contentType)
  add('content-encoding', parts.contentEncoding)
  if (parts.expects) add('Expect', '100-continue')
  return lines
}

const lines = fc
  .tuple(
    fc.record<Parts>({
      host,
      lines: fc.oneof(
        { weight: 20, arbitrary: fc.array(line, { maxLength: 8 }) },
        { weight: 1, arbitrary: fc.array(line, { minLength: 40, maxLength: 80, size: 'max' }) },
      ),
      connection: fc.option(fc.constantFrom('keep-alive', 'close', 'Keep-Alive, x-other'), {
        nil: undefined,
        freq: 1,
      }),
      contentType: fc.option(contentType, { nil: undefined, freq: 2 }),
      contentEncoding: fc.oneof(
        { weight: 6, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.constantFrom('identity', 'gzip', '') },
      ),
      expects: fc.nat({ max: 19 }).map((chance) => chance === 19),
    }),
    fc.nat({ max: 100 }),
  )
  .map(([parts, place]) => placed(parts, place))

export const parityRequest: fc.Arbitrary<ParityRequest> = fc.record({
  method,
  target,
  lines,
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
