import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Client, open } from '../../shared/client.ts'
import { answers, observe, request } from '../../shared/observed.ts'

const post = (...lines: string[]): string => request('POST /', ...lines)
const get = (...lines: string[]): string => request('GET /', ...lines)
const chunks = (body: string): string => `${post('Transfer-Encoding: chunked')}${body}`
const coded = (coding: string): string => `${post(`Transfer-Encoding: ${coding}`)}0\r\n\r\n`
const last = request('GET /smuggled', 'Connection: close')

/** One byte per packet, as far as the network lets it. */
async function trickle(port: number, bytes: string): Promise<Client> {
  const client = await open(port)
  for (const byte of bytes) {
    client.write(byte)
    await setImmediate()
  }
  return client
}

async function write(port: number, bytes: string): Promise<Client> {
  const client = await open(port)
  client.write(bytes)
  return client
}

type Shape = [what: string, bytes: string]

const lengths: Shape[] = [
  [
    'content-length before chunks',
    `${post('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ],
  [
    'content-length after chunks',
    `${post('Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\n`,
  ],
  ['the same length twice', `${post('Content-Length: 1', 'Content-Length: 1')}a`],
  ['two lengths', `${post('Content-Length: 1', 'Content-Length: 2')}ab`],
  ['a list of lengths', `${post('Content-Length: 1, 1')}a`],
  ['a length with a plus', `${post('Content-Length: +1')}a`],
  ['a negative length', `${post('Content-Length: -1')}a`],
  ['a hexadecimal length', `${post('Content-Length: 0x1')}a`],
  ['a fraction of a length', `${post('Content-Length: 1.0')}a`],
  ['a length with a space inside', `${post('Content-Length: 1 1')}${'a'.repeat(11)}`],
  ['a length with a control character', `${post('Content-Length: 1\x01')}a`],
  ['a length with DEL', `${post('Content-Length: 1\x7f')}a`],
  [
    'a control character, and two lengths',
    `${post('X: \x01', 'Content-Length: 1', 'Content-Length: 2')}ab`,
  ],
  [
    'a space in the target, and a length beside chunks',
    `${request('POST /a b', 'Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ],
  [
    'a method of its own, and chunked twice',
    `${request('FOO /', 'Transfer-Encoding: chunked, chunked')}0\r\n\r\n`,
  ],
  ['a length behind a vertical tab', `${post('Content-Length:\x0b1')}a`],
  ['an empty length', post('Content-Length: ')],
  ['a length of 2^64', post('Content-Length: 18446744073709551616')],
  ['identity with a length', `${post('Transfer-Encoding: identity', 'Content-Length: 1')}a`],
  ['an empty coding with a length', `${post('Transfer-Encoding:', 'Content-Length: 1')}a`],
]

const codings: Shape[] = [
  ['chunked twice', coded('chunked, chunked')],
  [
    'chunked on two lines',
    `${post('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  ],
  ['chunked before identity', coded('chunked, identity')],
  ['chunked and an empty coding', coded('chunked,')],
  ['an empty coding and chunked', coded(',chunked')],
  ['an empty coding', coded('')],
  ['chunked behind a vertical tab', coded('\x0bchunked')],
  ['chunked with a control character', coded('chunked\x01')],
  ['chunked with DEL', coded('\x7fchunked')],
  ['a name like a coding with a control character', get('Transfer_Encoding: chunked\x01')],
  ['chunked with NUL', coded('chunked\0')],
  ['chunked on a folded line', `${post('Transfer-Encoding:', ' chunked')}0\r\n\r\n`],
  ['chunks in HTTP/1.0', 'POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['chunks in HTTP/0.9', 'POST / HTTP/0.9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
]

const lines: Shape[] = [
  ['a folded line', get('X: a', ' b')],
  ['a line folded with a tab', get('X: a', '\tb')],
  ['a space before the first line', 'GET / HTTP/1.1\r\n Host: a.example\r\n\r\n'],
  ['bare LF everywhere', 'GET / HTTP/1.1\nHost: a.example\n\n'],
  ['bare LF after the request line', 'GET / HTTP/1.1\nHost: a.example\r\n\r\n'],
  ['bare LF after a header line', 'GET / HTTP/1.1\r\nHost: a.example\nX: y\r\n\r\n'],
  ['bare LF at the end of the head', 'GET / HTTP/1.1\r\nHost: a.example\r\n\n'],
  ['bare CR in a value', 'GET / HTTP/1.1\r\nHost: a.example\r\nX: a\rY: b\r\n\r\n'],
  ['CR CR LF', 'GET / HTTP/1.1\r\nHost: a.example\r\nX: y\r\r\nZ: 1\r\n\r\n'],
  ['a space before the colon', get('X : a')],
  ['a tab before the colon', get('X\t: a')],
  ['a length with a space before the colon', `${post('Content-Length : 1')}a`],
  ['a coding with a space before the colon', `${post('Transfer-Encoding : chunked')}0\r\n\r\n`],
  ['a line without a name', get(': a')],
  ['a line without a colon', get('nonsense')],
  ['a control character in a name', get('X\x01: a')],
  ['a control character, and a folded line', get('X: \x01', ' b')],
  ['a control character, and a bare LF', 'GET / HTTP/1.1\r\nX: \x01\nHost: a.example\r\n\r\n'],
  ['a control character and NUL in a value', get('X: a\x01\0b')],
  ['NUL in a value', get('X: a\0b')],
  ['NUL in a name', get('X\0: ab')],
  ['a name beyond ASCII', get('X\xe9: a')],
]

const requestLines: Shape[] = [
  ['tabs between the parts', 'GET\t/\tHTTP/1.1\r\nHost: a.example\r\n\r\n'],
  ['a space after the version', 'GET / HTTP/1.1 \r\nHost: a.example\r\n\r\n'],
  ['a space before the method', request(' GET /')],
  ['a target without a slash', request('GET foo')],
  ['a target that is an authority', request('GET a.example:80')],
  ['two users in the target', request('GET http://@@a/x')],
  ['a method that is no token', request('G@T /')],
  ['a space in a target without a slash', request('GET a b')],
  ['a byte beyond ASCII in a target without a slash', request('GET \xc3\xa9')],
  ['a space and no version', 'GET /a b\r\n\r\n'],
  ['bare CR in the target', request('GET /a\rb')],
  ['a target over two lines', 'GET /a\r\n b HTTP/1.1\r\nHost: a.example\r\n\r\n'],
  ['a method of its own with bare LF', 'FOO / HTTP/1.1\nHost: a.example\r\n\r\n'],
  ['a byte beyond ASCII and header lines in HTTP/0.9', 'GET /\xe9 HTTP/0.9\r\nX: y\r\n\r\n'],
  ['a byte beyond ASCII and version 1.10', 'GET /\xe9 HTTP/1.10\r\nHost: a.example\r\n\r\n'],
  ['NUL beside a space in the target', request('GET /a \0b')],
  ['NUL in the target', request('GET /a\0b')],
  ['version 1.10', 'GET / HTTP/1.10\r\nHost: a.example\r\n\r\n'],
  ['version 01.1', 'GET / HTTP/01.1\r\nHost: a.example\r\n\r\n'],
  ['header lines in HTTP/0.9', 'GET / HTTP/0.9\r\nX: y\r\n\r\n'],
  ['header lines and no version', 'GET /\r\nHost: a.example\r\n\r\n'],
  ['LF after a line without a version', 'GET /\nHost: a.example\r\n\r\n'],
  ['http in lower case', 'GET / http/1.1\r\nHost: a.example\r\n\r\n'],
  ['bytes of zero', '\0\0\0\0\r\n\r\n'],
]

const chunkShapes: Shape[] = [
  ['a quoted extension over lines', chunks('1;a="\r\nx\r\n0\r\n\r\n')],
  ['bare LF after an extension', chunks('1;a\nx\r\n0\r\n\r\n')],
  ['bare CR in an extension', chunks('1;a\rb\r\nx\r\n0\r\n\r\n')],
  ['an empty extension', chunks('1;\r\nx\r\n0\r\n\r\n')],
  ['an extension over 16 KB', chunks(`1;${'a'.repeat(16_500)}\r\nx\r\n0\r\n\r\n`)],
  ['bare LF after a chunk size', chunks('1\nx\r\n0\r\n\r\n')],
  ['bare LF after a chunk', chunks('1\r\nx\n0\r\n\r\n')],
  ['a chunk longer than its size', chunks('1\r\nxy\r\n0\r\n\r\n')],
  ['a space after a chunk size', chunks('1 \r\nx\r\n0\r\n\r\n')],
  ['a space before a chunk size', chunks(' 1\r\nx\r\n0\r\n\r\n')],
  ['0x before a chunk size', chunks('0x1\r\nx\r\n0\r\n\r\n')],
  ['a negative chunk size', chunks('-1\r\nx\r\n0\r\n\r\n')],
  ['a plus before a chunk size', chunks('+1\r\nx\r\n0\r\n\r\n')],
  ['an underscore in a chunk size', chunks('1_0\r\nx\r\n0\r\n\r\n')],
  ['no chunk size', chunks('\r\nx\r\n0\r\n\r\n')],
  ['a chunk size over 64 bits', chunks('10000000000000001\r\nx\r\n0\r\n\r\n')],
  ['bare LF after the last chunk', chunks('0\n\n')],
  ['bare LF at the end of the body', chunks('0\r\n\n')],
  ['a length among the trailers', chunks('0\r\nContent-Length: 5\r\n\r\n')],
  ['a coding among the trailers', chunks('0\r\nTransfer-Encoding: chunked\r\n\r\n')],
  ['a trailer whose name is none', chunks('0\r\nX Y: y\r\n\r\n')],
]

const malformed = [...lengths, ...codings, ...lines, ...requestLines, ...chunkShapes]

const refused: [what: string, bytes: string, status: string][] = [
  ...malformed.map(([what, bytes]): [string, string, string] => [what, bytes, '400']),
  ['identity alone', post('Transfer-Encoding: identity'), '501'],
  ['gzip alone', post('Transfer-Encoding: gzip'), '501'],
  ['gzip before chunked', coded('gzip, chunked'), '501'],
  ['xchunked', coded('xchunked'), '501'],
  ['chunkedx', coded('chunkedx'), '501'],
  ['quoted chunked', coded('"chunked"'), '501'],
  ['chunked with a parameter', coded('chunked;q=1'), '501'],
  ['chunked with a space inside', coded('ch unked'), '501'],
  ['HTTP/1.2', 'GET / HTTP/1.2\r\nHost: a.example\r\n\r\n', '505'],
  ['HTTP/2 in the clear', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '505'],
  ['a length of 2^64-1', post('Content-Length: 18446744073709551615'), '413'],
]

describe.each([
  ['at once', 'defensive', write],
  ['byte by byte', 'defensive', trickle],
  ['at once', 'strictest', write],
  ['byte by byte', 'strictest', trickle],
  ['at once', 'monitor', write],
])('sent %s, in mode %s, a request with', (_how, desyncMode, sendBytes) => {
  it.each(refused)(
    '%s is refused, and what follows it is never read',
    async (_what, bytes, status) => {
      const { port, calls, logged } = await observe({ desyncMode })
      const client = await sendBytes(port, bytes + last)
      const received = await client.until('</html>\r\n')
      client.destroy()
      expect(answers(received)).toEqual([`${status} page`])
      expect(received).toMatch(/\r\nConnection: close\r\n\r\n/)
      expect(calls).toEqual([])
      expect((await logged(1)).map((entry) => entry.status)).toEqual([Number(status)])
    },
  )
})
