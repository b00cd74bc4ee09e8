import fc from 'fast-check'
import type { HeaderLine } from './response-bytes.ts'
import { asciiText, caseOf, headerName, utf8Text, wireText } from './texts.ts'

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

/** All lines of a request but those of its framing. */
export const requestLines: fc.Arbitrary<HeaderLine[]> = fc
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
