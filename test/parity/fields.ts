import fc from 'fast-check'
import { asciiText, caseOf, headerName } from './texts.ts'

export interface Field {
  readonly name: string
  readonly value: string | readonly string[]
}

/** The value as Node's and the frameworks' types want it. */
export function valuesOf({ value }: Field): string | string[] {
  return typeof value === 'string' ? value : [...value]
}

const cookie = fc
  .tuple(
    fc.constantFrom('a', 'b', 'a.sig', 'session'),
    fc.constantFrom('1', '2', '', '"q"', 'x=y', '%3B'),
    fc.constantFrom(
      '',
      '; Path=/',
      '; path=/x',
      '; Domain=.A.test; Path=/',
      '; domain=a.test; path=/',
      '; Expires=Thu, 01 Jan 2026 00:00:00 GMT; HttpOnly',
      '; SameSite=None; Secure',
      '; Path=/; Secure; Partitioned',
    ),
  )
  .map(([name, value, attributes]) => `${name}=${value}${attributes}`)

const contentTypes = [
  'text/plain',
  'text/html; charset=utf-8',
  'text/html; charset=latin1',
  'Application/JSON',
  'application/vnd.api+json',
  'image/svg+xml',
  'image/png',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'font/woff2',
  'text',
  '',
]

const known: readonly Field[] = [
  { name: 'cache-control', value: 'no-store' },
  { name: 'connection', value: 'x-a, X-B' },
  { name: 'connection', value: 'close' },
  { name: 'content-disposition', value: 'attachment; filename="a b.txt"' },
  { name: 'content-encoding', value: 'identity' },
  { name: 'content-language', value: 'de' },
  { name: 'date', value: 'Thu, 01 Jan 2015 00:00:00 GMT' },
  { name: 'etag', value: 'W/"1"' },
  { name: 'keep-alive', value: 'timeout=1' },
  { name: 'last-modified', value: 'Thu, 01 Jan 2015 00:00:00 GMT' },
  { name: 'link', value: ['</a>; rel=preload', '</b>'] },
  { name: 'location', value: '/x?y=%20' },
  { name: 'proxy-authenticate', value: 'Basic' },
  { name: 'server', value: 'own' },
  { name: 'te', value: 'trailers' },
  { name: 'upgrade', value: 'h2c' },
  { name: 'vary', value: 'accept' },
  { name: 'www-authenticate', value: ['Basic realm="a, b"', 'Bearer'] },
]

const value = fc.oneof(
  { weight: 12, arbitrary: asciiText({ maxLength: 30 }) },
  { weight: 2, arbitrary: fc.constantFrom('', ' ', 'a, b', ' a ', '0', '"') },
  { weight: 1, arbitrary: fc.nat({ max: 1500 }).map((length) => 'v'.repeat(length)) },
)

/** Values that a load balancer refuses, and values that Node refuses. */
const strangeValue = fc.constantFrom('é', 'a\xffb', '\x80', '€', 'a\r\nb', '\0')

export const headerField: fc.Arbitrary<Field> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      name: headerName,
      value: fc.oneof(value, value, fc.array(value, { maxLength: 3 })),
    }),
  },
  { weight: 3, arbitrary: fc.constantFrom(...known) },
  {
    weight: 4,
    arbitrary: fc.record({
      name: caseOf('set-cookie'),
      value: fc.oneof(cookie, fc.array(cookie, { minLength: 1, maxLength: 4 })),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ name: caseOf('content-type'), value: fc.constantFrom(...contentTypes) }),
  },
)

/** One in some forty has a value that cannot be sent as it is. */
export const field: fc.Arbitrary<Field> = fc.oneof(
  { weight: 80, arbitrary: headerField },
  { weight: 1, arbitrary: fc.record({ name: headerName, value: strangeValue }) },
  {
    weight: 1,
    arbitrary: fc.record({ name: fc.constantFrom('', 'a b', 'é', 'a:'), value: fc.constant('x') }),
  },
)

export const status: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(200) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      201,
      202,
      204,
      205,
      206,
      301,
      302,
      304,
      400,
      401,
      404,
      418,
      500,
      503,
    ),
  },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
)

export const phrase: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: asciiText({ minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom('\u00c9', 'a\xff') },
)

/** Phrases that Node refuses. */
export const strangePhrase: fc.Arbitrary<string> = fc.constantFrom('a\nb', '\u20ac')
