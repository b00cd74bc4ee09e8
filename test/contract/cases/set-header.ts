import { createServer } from 'node:http'
import { codeOf } from '../code-of.ts'
import type { Case } from '../contract.ts'
import { get } from '../request.ts'

const joined = 'single mode carries one value per name; HTTP joins with a comma'

export const setHeaderCases: readonly Case[] = [
  {
    name: 'setHeader returns the response',
    app: (saw) => (_req, res) => {
      saw(res.setHeader('x-a', '1') === res)
      res.end()
    },
    request: get(),
    headers: ['x-a: 1'],
    saw: [true],
  },
  {
    name: 'setHeader replaces whatever the case of the name',
    app: () => (_req, res) => res.setHeader('X-A', 'old').setHeader('x-a', 'new').end(),
    request: get(),
    headers: ['x-a: new'],
  },
  {
    name: 'setHeader sends an array as one line per item',
    app: () => (_req, res) => res.setHeader('link', ['</a>; rel=next', '</b>; rel=prev']).end(),
    request: get(),
    headers: ['link: </a>; rel=next', 'link: </b>; rel=prev'],
    single: { because: joined, headers: ['link: </a>; rel=next, </b>; rel=prev'] },
  },
  {
    name: 'setHeader keeps a number a number for getHeader and sends it as text',
    app: (saw) => (_req, res) => {
      res.setHeader('x-count', 7)
      saw(res.getHeader('x-count'))
      res.end()
    },
    request: get(),
    headers: ['x-count: 7'],
    saw: [7],
  },
  {
    name: 'setHeader throws for a line break in the value and for a bad name',
    app: (saw) => (_req, res) => {
      saw(codeOf(() => res.setHeader('x-a', 'a\r\nx-b: 2')))
      saw(codeOf(() => res.setHeader('x a', '1')))
      res.end()
    },
    request: get(),
    without: ['x-a', 'x-b'],
    saw: ['ERR_INVALID_CHAR', 'ERR_INVALID_HTTP_TOKEN'],
  },
  {
    name: 'setHeader throws for a character outside latin1',
    app: (saw) => (_req, res) => {
      saw(codeOf(() => res.setHeader('x-a', '\u20ac')))
      res.end()
    },
    request: get(),
    without: ['x-a'],
    saw: ['ERR_INVALID_CHAR'],
  },
  {
    name: 'setHeader throws for undefined as a value',
    app: (saw) => (_req, res) => {
      const value: unknown = undefined
      saw(codeOf(() => Reflect.apply(res.setHeader, res, ['x-a', value])))
      res.end()
    },
    request: get(),
    saw: ['ERR_HTTP_INVALID_HEADER_VALUE'],
  },
  {
    name: 'setHeader, appendHeader and removeHeader throw after the head is sent',
    app: (saw) => (_req, res) => {
      res.write('x')
      saw(codeOf(() => res.setHeader('x-a', '1')))
      saw(codeOf(() => res.appendHeader('x-a', '1')))
      saw(codeOf(() => res.removeHeader('x-a')))
      res.end()
    },
    request: get(),
    body: 'x',
    saw: ['ERR_HTTP_HEADERS_SENT', 'ERR_HTTP_HEADERS_SENT', 'ERR_HTTP_HEADERS_SENT'],
  },
  {
    name: 'appendHeader adds a line and returns the response',
    app: () => (_req, res) => res.appendHeader('x-a', '1').appendHeader('X-A', '2').end(),
    request: get(),
    headers: ['x-a: 1', 'x-a: 2'],
    single: { because: joined, headers: ['x-a: 1, 2'] },
  },
  {
    name: 'appendHeader adds to what setHeader set',
    app: (saw) => (_req, res) => {
      res.setHeader('x-a', '1')
      res.appendHeader('x-a', ['2', '3'])
      saw(res.getHeader('x-a'))
      res.end()
    },
    request: get(),
    headers: ['x-a: 1', 'x-a: 2', 'x-a: 3'],
    single: { because: joined, headers: ['x-a: 1, 2, 3'] },
    saw: [['1', '2', '3']],
  },
  {
    name: 'setHeaders takes Headers',
    app: () => (_req, res) => res.setHeaders(new Headers({ 'X-A': '1', 'x-b': '2' })).end(),
    request: get(),
    headers: ['x-a: 1', 'x-b: 2'],
  },
  {
    name: 'setHeaders takes a Map',
    app: () => (_req, res) =>
      res
        .setHeaders(
          new Map([
            ['x-a', '1'],
            ['x-b', '2'],
          ]),
        )
        .end(),
    request: get(),
    headers: ['x-a: 1', 'x-b: 2'],
  },
  {
    name: 'removeHeader removes whatever the case of the name',
    app: () => (_req, res) => {
      res.setHeader('x-a', '1')
      res.removeHeader('X-A')
      res.end()
    },
    request: get(),
    without: ['x-a'],
  },
  {
    name: 'getHeaders is an object of lower-case names without a prototype',
    app: (saw) => (_req, res) => {
      res.setHeader('X-A', ['1', '2'])
      const headers = res.getHeaders()
      saw([Object.getPrototypeOf(headers), { ...headers }])
      res.end()
    },
    request: get(),
    saw: [[null, { 'x-a': ['1', '2'] }]],
  },
  {
    name: 'getHeaderNames and hasHeader ignore case; getRawHeaderNames keeps it',
    app: (saw) => (_req, res) => {
      res.setHeader('X-Mixed', '1')
      // Documented since Node 15.4, missing in @types/node.
      const { getRawHeaderNames } = res as unknown as { getRawHeaderNames(): string[] }
      saw([res.getHeaderNames(), res.hasHeader('x-MIXED'), getRawHeaderNames.call(res)])
      res.end()
    },
    request: get(),
    saw: [[['x-mixed'], true, ['X-Mixed']]],
  },
  {
    name: 'getHeader still answers after the head is sent',
    app: (saw) => (_req, res) => {
      res.setHeader('x-a', '1')
      res.end()
      saw(res.getHeader('x-a'))
    },
    request: get(),
    saw: ['1'],
  },
  {
    name: 'flushHeaders sends the head once',
    app: (saw) => (_req, res) => {
      res.flushHeaders()
      res.flushHeaders()
      saw([res.headersSent, codeOf(() => res.setHeader('x-a', '1'))])
      res.end('x')
    },
    request: get(),
    body: 'x',
    saw: [[true, 'ERR_HTTP_HEADERS_SENT']],
  },
  {
    name: 'uniqueHeaders of the server joins repeated values in one line',
    app: () =>
      createServer({ uniqueHeaders: ['x-unique'] }, (_req, res) => {
        res.setHeader('x-unique', ['a', 'b']).end()
      }),
    request: get(),
    headers: ['x-unique: a; b'],
  },
]
