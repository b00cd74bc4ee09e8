import { describe, expect, it } from 'vitest'
import { send } from '../../shared/client.ts'
import { eventFor, head } from '../../shared/load-balancer.ts'
import { observe, request } from '../../shared/observed.ts'

const post = (...lines: string[]): string => request('POST /', ...lines)
const chunks = (body: string): string => `${post('Transfer-Encoding: chunked')}${body}`
const coded = (...codings: string[]): string =>
  `${post(...codings.map((coding) => `Transfer-Encoding:${coding}`))}1\r\nx\r\n0\r\n\r\n`
const last = request('GET /last', 'Connection: close')

describe('the function sees one request, and the next one after it, for', () => {
  it.each([
    ['a length with a space behind it', `${post('Content-Length: 1 ')}x`, 'POST / x'],
    ['a length with a zero in front', `${post('Content-Length: 01')}x`, 'POST / x'],
    ['chunked in capitals', coded(' CHUNKED'), 'POST / x'],
    ['chunked behind a tab', coded('\tchunked'), 'POST / x'],
    ['chunked with a space behind it', coded(' chunked '), 'POST / x'],
    ['identity before chunked', coded(' identity, chunked'), 'POST / x'],
    ['identity and chunked on two lines', coded(' identity', ' chunked'), 'POST / x'],
    ['a chunk extension', chunks('1;a=b\r\nx\r\n0\r\n\r\n'), 'POST / x'],
    ['a quoted chunk extension', chunks('1;a="b;c"\r\nx\r\n0;d\r\n\r\n'), 'POST / x'],
    ['zeros before a chunk size', chunks('00000000000000000001\r\nx\r\n000\r\n\r\n'), 'POST / x'],
    [
      'a chunk that holds a request',
      chunks(`12\r\n${'GET / HTTP/1.1\r\n\r\n'}\r\n0\r\n\r\n`),
      'POST / GET / HTTP/1.1',
    ],
    ['trailers', chunks('1\r\nx\r\n0\r\nHost: b.example\r\nX: y\r\n\r\n'), 'POST / x'],
    ['empty lines in front', `\r\n\r\n${request('GET /')}`, 'GET /'],
    ['several spaces in the request line', request('GET   /  '), 'GET /'],
    ['a space in the target', request('GET /a b'), 'GET /a b'],
    ['spaces around a target with spaces', request('GET   /a  b  '), 'GET /a  b'],
    ['UTF-8 in the target', request('GET /caf\xc3\xa9'), 'GET /café'],
    ['a control character in a value', request('GET /', 'X: a\x01b'), 'GET /'],
    ['DEL in a value', request('GET /', 'X: a\x7fb'), 'GET /'],
    ['a method in lower case', request('get /'), 'get /'],
    ['a method of its own', `${request('FOO /', 'Content-Length: 1')}x`, 'FOO / x'],
    ['a method of RTSP', request('DESCRIBE /'), 'DESCRIBE /'],
    [
      'a method of its own with chunks',
      `${request('FOO-_! /\xc3\xa9', 'Transfer-Encoding: chunked')}1\r\nx\r\n0\r\n\r\n`,
      'FOO-_! /é x',
    ],
    ['several hosts', request('GET /', 'Host: b.example'), 'GET /'],
  ])('%s', async (_what, bytes, call) => {
    const { port, calls } = await observe()
    await send(port, bytes + last)
    expect(calls).toEqual([call, 'GET /last'])
  })
})

describe('the function sees nothing of the framing:', () => {
  it('no coding, no extension, no trailer, one length, one host', async () => {
    const bytes = head(
      'POST / HTTP/1.1',
      'Host: a.example',
      'Host: b.example',
      'Transfer-Encoding: identity, chunked',
      'Trailer: x',
      'Connection: close',
    )
    const event = await eventFor(
      `${bytes}3;a=b\r\nabc\r\n0\r\nContent-Type: text/html\r\nx: y\r\n\r\n`,
      {
        multiValueHeaders: true,
        listener: { Port: 80 },
      },
    )
    expect(Object.keys(event.multiValueHeaders ?? {})).toEqual([
      'connection',
      'content-length',
      'host',
      'trailer',
      'x-amzn-trace-id',
      'x-forwarded-for',
      'x-forwarded-port',
      'x-forwarded-proto',
    ])
    expect(event.multiValueHeaders).toMatchObject({ 'content-length': ['3'], host: ['a.example'] })
  })
})
