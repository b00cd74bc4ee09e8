import type { Case } from '../contract.ts'
import { get, request } from '../request.ts'

const final = 'a Lambda target answers with one final document'
const framing = 'the load balancer frames the body itself'

export const interimCases: readonly Case[] = [
  {
    name: 'early hints stay out of the body',
    app: (saw) => (_req, res) => {
      res.writeEarlyHints({ link: '</a.css>; rel=preload; as=style' }, () => saw('sent'))
      res.end('body')
    },
    request: get(),
    body: 'body',
    interim: ['103 Early Hints'],
    saw: ['sent'],
    balanced: { because: final, interim: [], without: ['link'] },
  },
  {
    name: 'early hints leave the headers of the response alone',
    app: (saw) => (_req, res) => {
      res.writeEarlyHints({ link: ['</a>; rel=preload', '</b>; rel=preload'], 'x-hint': '1' })
      saw(res.headersSent)
      res.writeHead(201, { 'x-a': '1' }).end('body')
    },
    request: get(),
    status: '201 Created',
    headers: ['x-a: 1'],
    without: ['x-hint'],
    body: 'body',
    interim: ['103 Early Hints'],
    saw: [false],
    balanced: { because: final, interim: [] },
  },
  {
    name: 'writeContinue stays out of the body',
    app: () => (_req, res) => {
      res.writeContinue()
      res.end('body')
    },
    request: get(),
    body: 'body',
    interim: ['100 Continue'],
    balanced: { because: final, interim: [] },
  },
  {
    name: 'writeProcessing stays out of the body',
    app: () => (_req, res) => {
      res.writeProcessing()
      res.writeProcessing()
      res.end('body')
    },
    request: get(),
    body: 'body',
    interim: ['102 Processing', '102 Processing'],
    balanced: { because: final, interim: [] },
  },
  {
    name: 'a request that expects 100-continue is answered at once and then as usual',
    app: (saw) => (req, res) => {
      saw(req.headers.expect ?? null)
      req.pipe(res)
    },
    request: request(
      'POST / HTTP/1.1',
      ['Content-Type: text/plain', 'Content-Length: 3', 'Expect: 100-continue'],
      'abc',
    ),
    body: 'abc',
    interim: ['100 Continue'],
    saw: ['100-continue'],
    balanced: { because: 'the load balancer answers it and keeps the field', saw: [null] },
  },
  {
    name: 'trailers are taken and stay out of the body',
    app: () => (_req, res) => {
      res.writeHead(200, { trailer: 'x-checksum' })
      res.write('body')
      res.addTrailers({ 'X-Checksum': 'abc' })
      res.end()
    },
    request: get(),
    body: 'body',
    trailers: ['x-checksum: abc'],
    balanced: {
      because: 'the response document has no place for trailers',
      trailers: [],
      without: ['trailer', 'x-checksum'],
    },
  },
  {
    name: 'trailers of a request reach the app',
    app: (saw) => (req, res) => {
      req.resume().on('end', () => {
        saw([req.trailers, req.rawTrailers])
        res.end()
      })
    },
    request: request(
      'POST / HTTP/1.1',
      ['Transfer-Encoding: chunked', 'Trailer: x-sum'],
      '3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n',
    ),
    saw: [[{ 'x-sum': '1' }, ['X-Sum', '1']]],
    balanced: { because: 'the event has no place for trailers', saw: [[{}, []]] },
  },
  {
    name: 'an explicit transfer-encoding: chunked is framed once',
    app: () => (_req, res) => {
      res.setHeader('transfer-encoding', 'chunked')
      res.write('ab')
      res.end('cd')
    },
    request: get(),
    headers: ['transfer-encoding: chunked'],
    body: 'abcd',
    balanced: { because: framing, headers: [], without: ['transfer-encoding'] },
  },
  {
    name: 'transfer-encoding: chunked given to writeHead is framed once',
    app: () => (_req, res) => {
      res.writeHead(200, { 'Transfer-Encoding': 'chunked' }).end('abcd')
    },
    request: get(),
    headers: ['transfer-encoding: chunked'],
    body: 'abcd',
    balanced: { because: framing, headers: [], without: ['transfer-encoding'] },
  },
  {
    name: 'a body written in pieces needs no length',
    app: () => (_req, res) => {
      res.write('ab')
      res.write('cd')
      res.end()
    },
    request: get(),
    headers: ['transfer-encoding: chunked'],
    body: 'abcd',
    balanced: { because: framing, headers: ['content-length: 4'], without: ['transfer-encoding'] },
  },
  {
    name: 'a body that looks like chunks stays as it is',
    app: () => (_req, res) => res.end('3\r\nabc\r\n0\r\n\r\n'),
    request: get(),
    headers: ['content-length: 13'],
    body: '3\r\nabc\r\n0\r\n\r\n',
  },
  {
    name: 'a body that looks like a response stays as it is',
    app: () => (_req, res) => {
      res.write('HTTP/1.1 500 No\r\n\r\n')
      res.end('x')
    },
    request: get(),
    body: 'HTTP/1.1 500 No\r\n\r\nx',
  },
]
