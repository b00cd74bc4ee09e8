import type { Case } from '../contract.ts'
import { get, head } from '../request.ts'

function answers(code: number, phrase: string): Case {
  return {
    name: `${code} arrives with its body`,
    app: () => (_req, res) => {
      res.statusCode = code
      res.setHeader('content-type', 'text/plain').end(`code ${code}`)
    },
    request: get(),
    status: `${code} ${phrase}`,
    headers: ['content-type: text/plain'],
    body: `code ${code}`,
  }
}

export const statusCases: readonly Case[] = [
  answers(202, 'Accepted'),
  answers(400, 'Bad Request'),
  answers(401, 'Unauthorized'),
  answers(404, 'Not Found'),
  answers(418, "I'm a Teapot"),
  answers(422, 'Unprocessable Entity'),
  answers(500, 'Internal Server Error'),
  answers(502, 'Bad Gateway'),
  answers(503, 'Service Unavailable'),
  answers(299, 'unknown'),
  answers(599, 'unknown'),
  {
    name: 'statusMessage is the reason phrase',
    app: () => (_req, res) => {
      res.statusCode = 503
      res.statusMessage = 'Back Soon (really)'
      res.end()
    },
    request: get(),
    status: '503 Back Soon (really)',
  },
  {
    name: 'a redirect keeps its location as written',
    app: () => (_req, res) => res.writeHead(301, { location: '/caf%C3%A9?a=1&b=%20#top' }).end(),
    request: get(),
    status: '301 Moved Permanently',
    headers: ['location: /caf%C3%A9?a=1&b=%20#top'],
    body: '',
  },
  {
    name: '307 and 308 are like any other status',
    app: () => (_req, res) => res.writeHead(308, { location: 'https://other.test/' }).end('moved'),
    request: get(),
    status: '308 Permanent Redirect',
    headers: ['location: https://other.test/'],
    body: 'moved',
  },
  {
    name: '204 has no body even if the app wrote one',
    app: () => (_req, res) => {
      res.statusCode = 204
      res.end('nothing of this arrives')
    },
    request: get(),
    status: '204 No Content',
    without: ['transfer-encoding'],
    body: '',
  },
  {
    name: '304 keeps its validators and has no body',
    app: () => (_req, res) =>
      res.writeHead(304, { etag: '"v1"', 'cache-control': 'no-cache' }).end('no'),
    request: get('/', 'If-None-Match: "v1"'),
    status: '304 Not Modified',
    headers: ['etag: "v1"', 'cache-control: no-cache'],
    body: '',
  },
  {
    name: 'HEAD keeps the length and type the app set, without the body',
    app: () => (_req, res) => {
      res.setHeader('content-type', 'text/plain').setHeader('content-length', '5').end('hello')
    },
    request: head(),
    headers: ['content-type: text/plain', 'content-length: 5'],
    body: '',
  },
  {
    name: 'HEAD keeps the length of a body the app never wrote',
    app: () => (_req, res) => res.setHeader('content-length', '1048576000').end(),
    request: head(),
    headers: ['content-length: 1048576000'],
    body: '',
  },
  {
    name: 'HEAD swallows what is written in pieces',
    app: (saw) => (req, res) => {
      saw(req.method)
      res.write('a')
      res.write('b')
      res.end('c')
    },
    request: head(),
    body: '',
    saw: ['HEAD'],
  },
  {
    name: '206 keeps its range',
    app: () => (_req, res) => res.writeHead(206, { 'content-range': 'bytes 2-3/6' }).end('cd'),
    request: get('/', 'Range: bytes=2-3'),
    status: '206 Partial Content',
    headers: ['content-range: bytes 2-3/6'],
    body: 'cd',
  },
  {
    name: '416 keeps its range',
    app: () => (_req, res) => res.writeHead(416, { 'content-range': 'bytes */6' }).end(),
    request: get('/', 'Range: bytes=9-'),
    status: '416 Range Not Satisfiable',
    headers: ['content-range: bytes */6'],
  },
  {
    name: '429 keeps retry-after',
    app: () => (_req, res) => res.writeHead(429, { 'retry-after': '30' }).end(),
    request: get(),
    status: '429 Too Many Requests',
    headers: ['retry-after: 30'],
  },
  {
    name: '304 keeps the length the app set',
    app: () => (_req, res) => res.writeHead(304, { 'content-length': '5' }).end(),
    request: get(),
    status: '304 Not Modified',
    headers: ['content-length: 5'],
    body: '',
    balanced: {
      because: 'the load balancer sends no length with 304',
      headers: [],
      without: ['content-length'],
    },
  },
  {
    name: 'HEAD has no length where the app set none',
    app: () => (_req, res) => res.setHeader('content-type', 'text/plain').end('x'),
    request: head(),
    headers: ['content-type: text/plain'],
    without: ['content-length'],
    body: '',
  },
  {
    name: '205 keeps what the app wrote',
    app: () => (_req, res) => res.writeHead(205).end('x'),
    request: get(),
    status: '205 Reset Content',
    body: 'x',
  },
]
