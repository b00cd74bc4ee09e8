import express, { type ErrorRequestHandler } from 'express'
import { expressApp } from '../../apps/express.ts'
import type { App, Case, Saw } from '../contract.ts'
import { get, post } from '../request.ts'

const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
  res.status(error.status ?? 500).json({ message: error.message })
}

function parsing(saw: Saw): App {
  return expressApp((app) => {
    app.use(express.json(), express.urlencoded({ extended: false }), express.text(), express.raw())
    app.post('/', (req, res) => {
      saw(Buffer.isBuffer(req.body) ? req.body.toString('hex') : req.body)
      res.send('parsed')
    })
    app.use(answerError)
  })
}

export const expressRequestCases: readonly Case[] = [
  {
    name: 'express.json reads JSON',
    app: parsing,
    request: post('{"a":["\u20ac"]}', 'Content-Type: application/json'),
    body: 'parsed',
    saw: [{ a: ['\u20ac'] }],
  },
  {
    name: 'express.urlencoded reads a form',
    app: parsing,
    request: post('a=1+2&b=%2B', 'Content-Type: application/x-www-form-urlencoded'),
    body: 'parsed',
    saw: [{ a: '1 2', b: '+' }],
  },
  {
    name: 'express.text and express.raw read text and bytes',
    app: parsing,
    request: post(Buffer.from([0, 255]), 'Content-Type: application/octet-stream'),
    body: 'parsed',
    saw: ['00ff'],
  },
  {
    name: 'express.json refuses broken JSON through the error handler',
    app: parsing,
    request: post('{"a"', 'Content-Type: application/json'),
    status: '400 Bad Request',
    headers: ['content-type: application/json; charset=utf-8'],
  },
  {
    name: 'express.json refuses a body over its limit',
    app: parsing,
    request: post(`"${'x'.repeat(200_000)}"`, 'Content-Type: application/json'),
    status: '413 Payload Too Large',
    body: '{"message":"request entity too large"}',
  },
  {
    name: 'parameters of a route are decoded',
    app: (saw) =>
      expressApp((app) =>
        app.get('/notes/:id/*rest', (req, res) => {
          saw({ ...req.params })
          res.send('x')
        }),
      ),
    request: get('/notes/caf%C3%A9%2F7/a/b%20c'),
    body: 'x',
    saw: [{ id: 'caf\u00e9/7', rest: ['a', 'b c'] }],
  },
  {
    name: 'a broken escape in a parameter is a bad request',
    app: () =>
      expressApp((app) => app.get('/notes/:id', (_req, res) => res.send('x')).use(answerError)),
    request: get('/notes/%zz'),
    status: '400 Bad Request',
    body: `{"message":"Failed to decode param '%zz'"}`,
  },
  {
    name: 'query, path and originalUrl are as Express says',
    app: (saw) =>
      expressApp((app) => {
        const router = express.Router()
        router.get('/b', (req, res) => {
          saw([req.originalUrl, req.baseUrl, req.path, { ...req.query }])
          res.send('x')
        })
        app.use('/a', router)
      }),
    request: get('/a/b?q=1+2&r=%2B'),
    body: 'x',
    saw: [['/a/b?q=1+2&r=%2B', '/a', '/b', { q: '1 2', r: '+' }]],
  },
  {
    name: 'ip, protocol and hostname are those of the connection',
    app: (saw) =>
      expressApp((app) =>
        app.get('/', (req, res) => {
          saw([req.ip, req.ips, req.protocol, req.secure, req.hostname, req.host])
          res.send('x')
        }),
      ),
    request: get('/', 'X-Forwarded-For: 203.0.113.9', 'X-Forwarded-Proto: https'),
    body: 'x',
    saw: [['127.0.0.1', [], 'http', false, 'app.test', 'app.test:8080']],
  },
  {
    name: 'ip behind one trusted proxy is the last one forwarded',
    app: (saw) =>
      expressApp((app) => {
        app.set('trust proxy', 1)
        app.get('/', (req, res) => {
          saw(req.ip)
          res.send('x')
        })
      }),
    request: get('/', 'X-Forwarded-For: 203.0.113.9, 198.51.100.7'),
    body: 'x',
    saw: ['198.51.100.7'],
    balanced: {
      because: 'the load balancer appends the address of its client',
      saw: ['127.0.0.1'],
    },
  },
  {
    name: 'req.get, req.is and req.accepts read the headers',
    app: (saw) =>
      expressApp((app) =>
        app.post('/', (req, res) => {
          saw([req.get('X-A'), req.is('json'), req.accepts('json', 'html')])
          res.send('x')
        }),
      ),
    request: post('{}', 'Content-Type: application/json', 'Accept: text/html', 'X-A: 1'),
    body: 'x',
    saw: [['1', 'json', 'html']],
  },
  {
    name: 'an error thrown in a route is answered by the error handler',
    app: () =>
      expressApp((app) => {
        app.get('/', async () => {
          throw new Error('told')
        })
        app.use(answerError)
      }),
    request: get(),
    status: '500 Internal Server Error',
    headers: ['content-type: application/json; charset=utf-8'],
    body: '{"message":"told"}',
  },
  {
    name: 'an error without a handler is answered by Express',
    app: () =>
      expressApp((app) =>
        app.get('/', () => {
          throw new Error('secret')
        }),
      ),
    request: get(),
    status: '500 Internal Server Error',
    headers: ["content-security-policy: default-src 'none'"],
  },
  {
    name: 'req is still a stream behind the prototype of Express',
    app: () =>
      expressApp((app) =>
        app.post('/', async (req, res) => {
          const chunks: Buffer[] = []
          for await (const chunk of req) chunks.push(chunk)
          res.type('text').send(`${Buffer.concat(chunks)} ${req.complete}`)
        }),
      ),
    request: post('streamed', 'Content-Type: text/plain'),
    body: 'streamed true',
  },
]
