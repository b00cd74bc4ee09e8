type Field = readonly [name: string, ...values: string[]]

/** A request as both protocols can say it; texts have one character per byte. */
export interface RequestRow {
  readonly what: string
  readonly method: string
  readonly target: string
  readonly fields: readonly Field[]
  readonly body?: string
}

/** What a function answers, with its fields in either header mode. */
export interface DocumentRow {
  readonly what: string
  readonly method: string
  readonly document: Readonly<Record<string, unknown>>
  readonly fields: readonly Field[]
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY']
const ownMethods = ['FOO', 'get', 'Post', 'M-SEARCH', 'PRI', 'DESCRIBE', 'x!#$%^_`|~9', 'TRACE']
const targets = [
  '/',
  '/a%20b//c/../d?e=f&e=g&h',
  '/\xc3\xa9?q=\xc3\xbc&\xf0\x9f\x98\x80=1',
  '/\xff',
]
const large = 'x'.repeat(1_048_576)

const methodRows = [...methods, ...ownMethods].flatMap((method) =>
  targets.map((target) => ({ what: `${method} ${target}`, method, target, fields: [] })),
)

const fieldRows = (
  [
    ['an empty value', ['x-a', '']],
    ['an empty value between two', ['x-a', '1', '', '2']],
    ['upper case', ['X-UPPER', 'A']],
    ['the name constructor', ['constructor', '1']],
    ['the name __proto__', ['__proto__', '1']],
    ['the name toString twice', ['toString', '1', '2']],
    ['a name of digits', ['1', 'a']],
    ['an underscore', ['x_a', '1']],
    ['two lines of one name', ['x-a', '1', '2']],
    ['a comma', ['x-a', '1, 2']],
    ['UTF-8', ['x-a', '\xc3\xbc']],
    ['bytes that are not UTF-8', ['x-a', '\xfc']],
    ['te', ['te', 'trailers']],
    ['one cookie', ['cookie', 'a=1; b=2']],
    ['addresses in front', ['x-forwarded-for', '192.0.2.1', '192.0.2.2']],
    ['30 addresses', ['x-forwarded-for', Array(30).fill('192.0.2.1').join(',')]],
    ['31 addresses', ['x-forwarded-for', Array(31).fill('192.0.2.1').join(',')]],
    ['another port', ['x-forwarded-port', '1']],
    ['a line of 16,383 bytes', ['x-a', 'a'.repeat(16_378)]],
    ['a line of 16,384 bytes', ['x-a', 'a'.repeat(16_379)]],
    ['a value with a tab', ['x-a', 'a\tb']],
    ['a referer', ['referer', 'http://a.example/\xc3\xbc']],
    ['a condition', ['if-none-match', '"a", "b"']],
    ['67,000 bytes', ['x-a', ...Array(5).fill('a'.repeat(13_400))]],
    ['63,000 bytes', ['x-a', ...Array(5).fill('a'.repeat(12_600))]],
  ] as const
).map(([what, field]) => ({ what, method: 'GET', target: '/', fields: [field] }))

const bodyRows = (
  [
    ['text', 'text/plain', 'a body'],
    ['text in UTF-8', 'text/plain; charset=utf-8', '\xc3\xbc'],
    ['text that is not UTF-8', 'text/plain', '\xfc'],
    ['JSON', 'application/json', '{"a":1}'],
    ['JSON of its own', 'application/problem+json', '{"a":1}'],
    ['a form', 'application/x-www-form-urlencoded', 'a=1&b=2'],
    ['bytes', 'application/octet-stream', '\0\xff\r\n\r\n'],
    ['1,048,576 bytes', 'text/plain', large],
    ['one byte more', 'text/plain', `${large}x`],
  ] as const
).flatMap(([what, type, body]) =>
  ['POST', 'FOO'].map((method) => ({
    what: `${method} with ${what}`,
    method,
    target: '/',
    fields: [['content-type', type] as const, ['content-length', String(body.length)] as const],
    body,
  })),
)

export const requestRows: readonly RequestRow[] = [...methodRows, ...fieldRows, ...bodyRows]

const text = { statusCode: 200, body: 'hello' }
const statuses = [200, 201, 202, 203, 204, 206, 207, 226, 299, 300, 301, 302, 303, 304, 307, 400]
const moreStatuses = [401, 404, 405, 412, 416, 418, 421, 425, 451, 499, 500, 502, 503, 504, 599]

const statusRows = [...statuses, ...moreStatuses, 100, 101, 103, 199, 600, '200', null].flatMap(
  (statusCode) =>
    ['GET', 'HEAD'].map((method) => ({
      what: `${method} answered with status ${statusCode}`,
      method,
      document: { statusCode, body: 'hello' },
      fields: [['content-type', 'text/plain'] as const],
    })),
)

const answerRows = (
  [
    ['no field', []],
    ['the name constructor', [['constructor', 'a']]],
    ['the name __proto__', [['__proto__', 'a']]],
    [
      'the name hasOwnProperty in two cases',
      [
        ['hasOwnProperty', 'a'],
        ['HASOWNPROPERTY', 'b'],
      ],
    ],
    ['a name of digits', [['1', 'a']]],
    ['upper case', [['X-UPPER', 'A']]],
    ['an empty value', [['x-a', '']]],
    [
      'blanks around a value',
      [
        ['x-a', ' a '],
        ['x-b', '\tb\t'],
      ],
    ],
    ['a tab inside', [['x-a', 'a\tb']]],
    ['connection', [['connection', 'x-a']]],
    ['keep-alive', [['keep-alive', 'timeout=5']]],
    ['proxy-connection', [['proxy-connection', 'close']]],
    ['te', [['te', 'trailers']]],
    ['trailer', [['trailer', 'x-a']]],
    ['transfer-encoding', [['transfer-encoding', 'chunked']]],
    ['upgrade', [['upgrade', 'h2c']]],
    ['expect', [['expect', '100-continue']]],
    ['a host', [['host', 'b.example']]],
    [
      'cookies',
      [
        ['set-cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ],
    ],
    ['a list of cookies', [['set-cookie', 'a=1', 'b=2; Path=/']]],
    ['a length that is wrong', [['content-length', '7']]],
    ['a length that is none', [['content-length', 'x']]],
    [
      'two lengths',
      [
        ['content-length', '1'],
        ['Content-Length', '2'],
      ],
    ],
    ['a server of its own', [['server', 'mine']]],
    [
      'two etags',
      [
        ['etag', '"1"'],
        ['ETag', '"2"'],
      ],
    ],
    ['two of a list', [['vary', 'a', 'b']]],
    ['a location', [['location', '/a%20b?c']]],
    ['CR LF', [['x-a', 'a\r\nb: c']]],
    ['a control character', [['x-a', 'a\x01b']]],
    ['beyond ASCII', [['x-a', '\xfc']]],
    ['a pseudo-header', [[':status', '201']]],
    ['a name that is none', [['x a', '1']]],
    ['32 K', [['x-a', 'a'.repeat(33_000)]]],
  ] satisfies [string, Field[]][]
).map(([what, fields]) => ({
  what: `an answer with ${what}`,
  method: 'GET',
  document: text,
  fields,
}))

const documents: [what: string, document: Readonly<Record<string, unknown>>][] = [
  ['base64', { statusCode: 200, body: 'AP8=', isBase64Encoded: true }],
  ['broken base64', { statusCode: 200, body: 'AP8', isBase64Encoded: true }],
  ['no body', { statusCode: 200 }],
  ['an empty body', { statusCode: 200, body: '' }],
  ['300,000 bytes', { statusCode: 200, body: 'x'.repeat(300_000) }],
  ['text beyond ASCII', { statusCode: 200, body: 'ü😀' }],
  ['a phrase', { statusCode: 200, statusDescription: '200 Fine' }],
  ['no status', { body: 'x' }],
]

export const documentRows: readonly DocumentRow[] = [
  ...statusRows,
  ...answerRows,
  ...documents.flatMap(([what, document]) =>
    ['GET', 'HEAD'].map((method) => ({
      what: `${method} answered with ${what}`,
      method,
      document,
      fields: [],
    })),
  ),
]
