import { createServer } from 'node:http'
import type { Case, Difference, Request } from '../contract.ts'
import { get, request } from '../request.ts'

const lastLine = 'in single mode the last line of a name survives'
const normal = 'names arrive in lower case, sorted'

/** What the app finds in `req` for these header lines. */
function sees(
  name: string,
  lines: readonly string[],
  find: (req: Request) => unknown,
  found: unknown,
  differences: { single?: Difference; multi?: Difference; balanced?: Difference } = {},
): Case {
  return {
    name,
    app: (saw) => (req, res) => {
      saw(find(req))
      res.end()
    },
    request: get('/', ...lines),
    saw: [found],
    ...differences,
  }
}

export const requestHeaderCases: readonly Case[] = [
  sees('a value reaches the app', ['X-A: one, two'], (req) => req.headers['x-a'], 'one, two'),
  sees(
    'blanks around a value vanish',
    ['X-A:  \t padded \t '],
    (req) => req.headers['x-a'],
    'padded',
  ),
  sees('blanks inside a value stay', ['X-A: a  \t b'], (req) => req.headers['x-a'], 'a  \t b'),
  sees(
    'quotes and commas stay',
    ['X-A: "a, \\"b\\"", c'],
    (req) => req.headers['x-a'],
    '"a, \\"b\\"", c',
  ),
  sees(
    'a long value stays whole',
    [`X-A: ${'v'.repeat(8000)}`],
    (req) => String(req.headers['x-a']).length,
    8000,
  ),
  sees(
    'bytes beyond ASCII are one character each',
    ['X-A: caf\u00c3\u00a9'],
    (req) => req.headers['x-a'],
    'caf\u00c3\u00a9',
  ),
  sees('an underscore in a name stays', ['X_A: 1'], (req) => req.headers.x_a, '1'),
  sees('an absent header is undefined', [], (req) => typeof req.headers['x-a'], 'undefined'),
  sees('an empty value stays empty', ['X-Empty:'], (req) => req.headers['x-empty'] ?? null, '', {
    balanced: { because: 'headers without a value are dropped', saw: [null] },
  }),
  sees(
    'lines of one name are joined with a comma',
    ['X-A: 1', 'x-a: 2', 'X-a: 3, 4'],
    (req) => req.headers['x-a'],
    '1, 2, 3, 4',
    { single: { because: lastLine, saw: ['3, 4'] } },
  ),
  sees(
    'of a field that takes one value the first line counts',
    ['Content-Type: text/a', 'Content-Type: text/b', 'User-Agent: a', 'User-Agent: b'],
    (req) => [req.headers['content-type'], req.headers['user-agent']],
    ['text/a', 'a'],
    { single: { because: lastLine, saw: [['text/b', 'b']] } },
  ),
  sees(
    'of authorization, referer and if-modified-since the first line counts',
    [
      'Authorization: a',
      'Authorization: b',
      'Referer: a',
      'Referer: b',
      'If-Modified-Since: a',
      'If-Modified-Since: b',
    ],
    ({ headers }) => [headers.authorization, headers.referer, headers['if-modified-since']],
    ['a', 'a', 'a'],
    { single: { because: lastLine, saw: [['b', 'b', 'b']] } },
  ),
  sees(
    'accept, range and if-none-match are lists like any other',
    ['Accept: a/b', 'Accept: c/d', 'Range: bytes=0-1', 'If-None-Match: "a"', 'If-None-Match: "b"'],
    ({ headers }) => [headers.accept, headers.range, headers['if-none-match']],
    ['a/b, c/d', 'bytes=0-1', '"a", "b"'],
    { single: { because: lastLine, saw: [['c/d', 'bytes=0-1', '"b"']] } },
  ),
  sees(
    'set-cookie of a request is an array',
    ['Set-Cookie: a=1', 'Set-Cookie: b=2'],
    (req) => req.headers['set-cookie'],
    ['a=1', 'b=2'],
    { single: { because: lastLine, saw: [['b=2']] } },
  ),
  sees(
    'headersDistinct keeps each line',
    ['X-A: 1', 'x-a: 2', 'Cookie: c=3'],
    ({ headersDistinct }) => [headersDistinct['x-a'], headersDistinct.cookie],
    [['1', '2'], ['c=3']],
    { single: { because: lastLine, saw: [[['2'], ['c=3']]] } },
  ),
  sees(
    'rawHeaders has a name and a value per line, in order',
    ['X-B: 2', 'x-a: 1', 'X-A: 3'],
    ({ rawHeaders }) =>
      rawHeaders.filter((_, i) => /^x-[ab]$/i.test(rawHeaders[i - (i % 2)] ?? '')),
    ['X-B', '2', 'x-a', '1', 'X-A', '3'],
    {
      single: { because: `${normal}; ${lastLine}`, saw: [['x-a', '3', 'x-b', '2']] },
      multi: { because: normal, saw: [['x-a', '1', 'x-a', '3', 'x-b', '2']] },
    },
  ),
  sees(
    'names that are members of Object.prototype are ordinary names',
    ['constructor: c', 'toString: t', 'hasOwnProperty: h'],
    ({ headers }) => [headers.constructor, headers.tostring, headers.hasownproperty],
    ['c', 't', 'h'],
  ),
  sees(
    '__proto__ as a name touches no prototype',
    ['__proto__: p'],
    ({ headers, rawHeaders }) => [
      Object.getPrototypeOf(headers) === Object.prototype,
      rawHeaders[rawHeaders.indexOf('__proto__') + 1],
    ],
    [true, 'p'],
  ),
  sees('host reaches the app with its port', [], (req) => req.headers.host, 'app.test:8080'),
  sees('connection of the client reaches the app', [], (req) => req.headers.connection, 'close'),
  sees(
    'the HTTP version is 1.1',
    [],
    (req) => [req.httpVersion, req.httpVersionMajor, req.httpVersionMinor],
    ['1.1', 1, 1],
  ),
  sees('a request has no status', [], (req) => [req.statusCode, req.statusMessage], [null, null]),
  {
    name: 'the HTTP version of an older client reaches the app',
    app: (saw) => (req, res) => {
      saw(req.httpVersion)
      res.end('x')
    },
    request: request('GET / HTTP/1.0', []),
    body: 'x',
    saw: ['1.0'],
    balanced: { because: 'the event has no place for the version', saw: ['1.1'] },
  },
  {
    name: 'joinDuplicateHeaders of the server joins fields that take one value',
    app: (saw) =>
      createServer({ joinDuplicateHeaders: true }, (req, res) => {
        saw(req.headers.authorization)
        res.end()
      }),
    request: get('/', 'Authorization: a', 'Authorization: b'),
    saw: ['a, b'],
    single: { because: lastLine, saw: ['b'] },
  },
  {
    name: 'a request without a body has neither length nor transfer-encoding',
    app:
      (saw) =>
      ({ headers }, res) => {
        saw(
          ['content-length', 'transfer-encoding', 'content-type'].filter((name) => name in headers),
        )
        res.end()
      },
    request: get(),
    saw: [[]],
  },
]
