import { codeOf } from '../code-of.ts'
import type { Case } from '../contract.ts'
import { get } from '../request.ts'

export const writeHeadCases: readonly Case[] = [
  {
    name: 'takes headers as an object',
    app: () => (_req, res) => res.writeHead(201, { 'x-a': '1', 'X-B': '2' }).end(),
    request: get(),
    status: '201 Created',
    headers: ['x-a: 1', 'x-b: 2'],
  },
  {
    name: 'takes headers as a flat array',
    app: () => (_req, res) => res.writeHead(200, ['x-a', '1', 'x-b', '2']).end(),
    request: get(),
    headers: ['x-a: 1', 'x-b: 2'],
  },
  {
    name: 'takes headers as an array of pairs',
    app: () => (_req, res) => {
      // Node has taken pairs since 0.x; @types/node knows only the flat form.
      const pairs = [
        ['x-a', '1'],
        ['x-b', '2'],
      ] as unknown as string[]
      res.writeHead(200, pairs).end()
    },
    request: get(),
    headers: ['x-a: 1', 'x-b: 2'],
  },
  {
    name: 'keeps repeated names of a flat array',
    app: () => (_req, res) => res.writeHead(200, ['set-cookie', 'a=1', 'set-cookie', 'b=2']).end(),
    request: get(),
    headers: ['set-cookie: a=1', 'set-cookie: b=2'],
  },
  {
    name: 'takes an array as a value',
    app: () => (_req, res) => res.writeHead(200, { 'set-cookie': ['a=1', 'b=2'] }).end(),
    request: get(),
    headers: ['set-cookie: a=1', 'set-cookie: b=2'],
  },
  {
    name: 'takes a number as a value',
    app: () => (_req, res) => res.writeHead(200, { 'content-length': 3, 'x-count': 7 }).end('abc'),
    request: get(),
    headers: ['content-length: 3', 'x-count: 7'],
    body: 'abc',
  },
  {
    name: 'takes a status message',
    app: () => (_req, res) => res.writeHead(200, 'Fine').end(),
    request: get(),
    status: '200 Fine',
  },
  {
    name: 'takes a status message and headers',
    app: () => (_req, res) => res.writeHead(404, 'Nothing Here', { 'x-a': '1' }).end(),
    request: get(),
    status: '404 Nothing Here',
    headers: ['x-a: 1'],
  },
  {
    name: 'takes a status message and a flat array',
    app: () => (_req, res) => res.writeHead(200, 'Fine', ['x-a', '1']).end(),
    request: get(),
    status: '200 Fine',
    headers: ['x-a: 1'],
  },
  {
    name: 'returns the response',
    app: (saw) => (_req, res) => {
      saw(res.writeHead(200) === res)
      res.end()
    },
    request: get(),
    saw: [true],
  },
  {
    name: 'overrides what setHeader set, and keeps the rest',
    app: () => (_req, res) => {
      res.setHeader('x-a', 'old')
      res.setHeader('x-b', 'kept')
      res.writeHead(200, { 'X-A': 'new' }).end()
    },
    request: get(),
    headers: ['x-a: new', 'x-b: kept'],
  },
  {
    name: 'overrides what setHeader set when given a flat array',
    app: () => (_req, res) => {
      res.setHeader('x-a', 'old')
      res.writeHead(200, ['x-a', 'new']).end()
    },
    request: get(),
    headers: ['x-a: new'],
  },
  {
    name: 'leaves getHeader without the headers it was given alone',
    app: (saw) => (_req, res) => {
      res.writeHead(200, { 'x-a': '1' })
      saw(res.getHeader('x-a') ?? null)
      res.end()
    },
    request: get(),
    headers: ['x-a: 1'],
    saw: [null],
  },
  {
    name: 'shows its headers in getHeader when setHeader was called before',
    app: (saw) => (_req, res) => {
      res.setHeader('x-a', '1')
      res.writeHead(200, { 'x-b': '2' })
      saw([res.getHeader('x-a'), res.getHeader('x-b')])
      res.end()
    },
    request: get(),
    headers: ['x-a: 1', 'x-b: 2'],
    saw: [['1', '2']],
  },
  {
    name: 'counts over statusCode and statusMessage',
    app: () => (_req, res) => {
      res.statusCode = 500
      res.statusMessage = 'Bad'
      res.writeHead(202, 'Better').end()
    },
    request: get(),
    status: '202 Better',
  },
  {
    name: 'keeps statusMessage when given none',
    app: () => (_req, res) => {
      res.statusMessage = 'Mine'
      res.writeHead(202).end()
    },
    request: get(),
    status: '202 Mine',
  },
  {
    name: 'throws the second time',
    app: (saw) => (_req, res) => {
      res.writeHead(200)
      saw(codeOf(() => res.writeHead(500)))
      res.end()
    },
    request: get(),
    saw: ['ERR_HTTP_HEADERS_SENT'],
  },
  {
    name: 'throws for a status code out of range and leaves the response usable',
    app: (saw) => (_req, res) => {
      saw([99, 1000].map((status) => codeOf(() => res.writeHead(status))))
      res.writeHead(200).end('fine')
    },
    request: get(),
    body: 'fine',
    saw: [['ERR_HTTP_INVALID_STATUS_CODE', 'ERR_HTTP_INVALID_STATUS_CODE']],
  },
  {
    name: 'sets headersSent before the first byte of the body',
    app: (saw) => (_req, res) => {
      saw(res.headersSent)
      res.writeHead(200)
      saw(res.headersSent)
      res.end()
    },
    request: get(),
    saw: [false, true],
  },
]
