import { echo } from '../../apps/echo.ts'
import { compressed, files } from '../../apps/files.ts'
import type { Case } from '../contract.ts'
import { get, post, request } from '../request.ts'

const multipart =
  '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name="f"; filename="x.bin"\r\n\r\n'
const form = Buffer.concat([Buffer.from(multipart), files.png, Buffer.from('\r\n--b--\r\n')])
const large = Buffer.alloc(900_000, 'a text of many bytes \u20ac\n')

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

/** The app gets exactly the bytes that were sent. */
function reaches(name: string, body: string | Buffer, ...lines: string[]): Case {
  return { name: `${name} reaches the app`, app: () => echo, request: post(body, ...lines), body }
}

/** As `reaches`, for a body that is too large to be sent back. */
function reachesWhole(name: string, body: Buffer, type: string): Case {
  return {
    name: `${name} reach the app`,
    app: (saw) => async (req, res) => {
      const chunks: Buffer[] = []
      for await (const chunk of req) chunks.push(chunk)
      saw(Buffer.concat(chunks).equals(body))
      res.end()
    },
    request: post(body, `Content-Type: ${type}`),
    saw: [true],
  }
}

export const requestBodyCases: readonly Case[] = [
  reaches('JSON', '{"caf\u00e9":"\u20ac \\u0000 \u{1f600}"}', 'Content-Type: application/json'),
  reaches('JSON with a charset', '["\u00e9"]', 'Content-Type: application/json; charset=utf-8'),
  reaches('JSON of another name', '{"a":1}', 'Content-Type: application/vnd.api+json'),
  reaches('a form', 'a=1&b=%20+%2B&a=2', 'Content-Type: application/x-www-form-urlencoded'),
  reaches('a multipart form with a file', form, 'Content-Type: multipart/form-data; boundary=b'),
  reaches('an image', files.jpeg, 'Content-Type: image/jpeg'),
  reaches('text', 'line\r\nline\n\u2028 "quoted" \\ \t', 'Content-Type: text/plain'),
  reaches('text with a byte order mark', '\ufefftext', 'Content-Type: text/plain'),
  reaches('XML', '<?xml version="1.0"?><a>\u00e9</a>', 'Content-Type: application/xml'),
  reaches(
    'a compressed body',
    compressed.gzip,
    'Content-Type: application/json',
    'Content-Encoding: gzip',
  ),
  reaches('a body without a type', 'who knows'),
  reaches('bytes without a type', everyByte),
  reachesWhole('900,000 bytes of text', large, 'text/plain'),
  reachesWhole('900,000 bytes of a file', Buffer.alloc(900_000, files.zip), 'application/zip'),
  reaches('one byte', Buffer.from([0]), 'Content-Type: application/octet-stream'),
  reaches('an empty body', '', 'Content-Type: text/plain'),
  {
    name: 'content-length is the text the client sent',
    app: (saw) => (req, res) => {
      saw(req.headers['content-length'])
      res.end()
    },
    request: post('\u20ac\u20ac', 'Content-Type: text/plain'),
    saw: ['6'],
  },
  {
    name: 'a chunked body reaches the app without its framing',
    app: () => echo,
    request: request(
      'POST / HTTP/1.1',
      ['Content-Type: text/plain', 'Transfer-Encoding: chunked'],
      '3\r\nabc\r\n4;ext=1\r\ndefg\r\n0\r\n\r\n',
    ),
    body: 'abcdefg',
  },
  {
    name: 'the fields of a chunked body tell its framing',
    app:
      (saw) =>
      ({ headers }, res) => {
        saw([headers['transfer-encoding'] ?? null, headers['content-length'] ?? null])
        res.end()
      },
    request: request('POST / HTTP/1.1', ['Transfer-Encoding: chunked'], '3\r\nabc\r\n0\r\n\r\n'),
    saw: [['chunked', null]],
    balanced: { because: 'the event carries the whole body with its length', saw: [[null, '3']] },
  },
  {
    name: 'a GET may have a body',
    app: () => echo,
    request: request(
      'GET / HTTP/1.1',
      ['Content-Type: application/json', 'Content-Length: 7'],
      '{"q":1}',
    ),
    body: '{"q":1}',
  },
  {
    name: 'a DELETE may have a body',
    app: () => echo,
    request: request('DELETE / HTTP/1.1', ['Content-Type: text/plain', 'Content-Length: 3'], 'abc'),
    body: 'abc',
  },
  {
    name: 'a large body comes in several chunks of bytes',
    app: (saw) => (req, res) => {
      let chunks = 0
      req.on('data', (chunk) => {
        chunks += Buffer.isBuffer(chunk) ? 1 : 0
      })
      req.on('end', () => {
        saw(chunks > 1)
        res.end()
      })
    },
    request: post(large, 'Content-Type: text/plain'),
    saw: [true],
  },
  {
    name: 'a request that only asks has no body',
    app: () => echo,
    request: get('/', 'Content-Type: text/plain'),
    body: '',
  },
]
