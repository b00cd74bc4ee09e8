import { badGateway } from '../bad-gateway.ts'
import type { Case } from '../contract.ts'
import { get } from '../request.ts'

const beyondAscii = 'a load balancer refuses header values beyond ASCII'
const hopByHop = 'fields of one connection end at the load balancer'
const long = 'v'.repeat(8000)

export const headerLineCases: readonly Case[] = [
  {
    name: 'a value of 8,000 characters arrives whole',
    app: () => (_req, res) => res.setHeader('x-long', long).end(),
    request: get(),
    headers: [`x-long: ${long}`],
  },
  {
    name: 'two hundred fields arrive',
    app: () => (_req, res) => {
      for (let i = 0; i < 200; i++) res.setHeader(`x-field-${i}`, 'v')
      res.end()
    },
    request: get(),
    headers: ['x-field-0: v', 'x-field-99: v', 'x-field-199: v'],
  },
  {
    name: 'punctuation in a value is kept',
    app: () => (_req, res) =>
      res.setHeader('x-a', `!#$%&'*+-.^_|~ "q\\"; a=b, (c) <d> [e] {f} @/:?`).end(),
    request: get(),
    headers: [`x-a: !#$%&'*+-.^_|~ "q\\"; a=b, (c) <d> [e] {f} @/:?`],
  },
  {
    name: 'names that are members of Object.prototype are ordinary names',
    app: () => (_req, res) => {
      res.setHeader('__proto__', 'p').setHeader('constructor', 'c').setHeader('toString', 't').end()
    },
    request: get(),
    headers: ['__proto__: p', 'constructor: c', 'tostring: t'],
  },
  {
    name: 'the date of the app wins',
    app: () => (_req, res) => res.setHeader('date', 'Thu, 01 Jan 1970 00:00:00 GMT').end(),
    request: get(),
    headers: ['date: Thu, 01 Jan 1970 00:00:00 GMT'],
  },
  {
    name: 'the server name of the app wins',
    app: () => (_req, res) => res.setHeader('server', 'tea').end(),
    request: get(),
    headers: ['server: tea'],
  },
  {
    name: 'fields that connection names arrive',
    app: () => (_req, res) =>
      res.setHeader('connection', 'close, x-hop').setHeader('x-hop', '1').end(),
    request: get(),
    headers: ['connection: close, x-hop', 'x-hop: 1'],
    balanced: { because: hopByHop, headers: ['x-hop: 1'] },
  },
  {
    name: 'the challenge of a proxy arrives',
    app: () => (_req, res) => res.writeHead(407, { 'proxy-authenticate': 'Basic' }).end('x'),
    request: get(),
    status: '407 Proxy Authentication Required',
    headers: ['proxy-authenticate: Basic'],
    body: 'x',
  },
  {
    name: 'blanks around a value do not arrive',
    app: () => (_req, res) => {
      res.setHeader('x-blanks', ' \ta b\t ').setHeader('allow', ['GET ', ' POST']).end()
    },
    request: get(),
    headers: ['x-blanks:  \ta b\t ', 'allow: GET ', 'allow:  POST'],
    multi: {
      because: 'every client takes them off',
      headers: ['x-blanks: a b', 'allow: GET', 'allow: POST'],
    },
    single: {
      because: 'single mode carries one value per name; HTTP joins with a comma',
      headers: ['x-blanks: a b', 'allow: GET, POST'],
    },
  },
  {
    name: 'keep-alive, upgrade and proxy-connection stay behind',
    app: () => (_req, res) => {
      res.setHeader('keep-alive', 'timeout=9').setHeader('upgrade', 'h2c')
      res.setHeader('proxy-connection', 'close').end('x')
    },
    request: get(),
    headers: ['keep-alive: timeout=9', 'upgrade: h2c', 'proxy-connection: close'],
    body: 'x',
    balanced: {
      because: hopByHop,
      headers: [],
      without: ['keep-alive', 'upgrade', 'proxy-connection'],
    },
  },
  {
    name: 'several values of vary, cache-control and www-authenticate arrive',
    app: () => (_req, res) => {
      res.setHeader('vary', ['accept', 'origin'])
      res.setHeader('cache-control', ['no-store', 'max-age=0'])
      res.setHeader('www-authenticate', ['Basic realm="a"', 'Bearer realm="b"'])
      res.end()
    },
    request: get(),
    headers: [
      'vary: accept',
      'vary: origin',
      'cache-control: no-store',
      'cache-control: max-age=0',
      'www-authenticate: Basic realm="a"',
      'www-authenticate: Bearer realm="b"',
    ],
    single: {
      because: 'single mode carries one value per name; HTTP joins with a comma',
      headers: [
        'vary: accept, origin',
        'cache-control: no-store, max-age=0',
        'www-authenticate: Basic realm="a", Bearer realm="b"',
      ],
    },
  },
  {
    name: 'security headers arrive as set',
    app: () => (_req, res) => {
      res.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains')
      res.setHeader('content-security-policy', "default-src 'self'; img-src *")
      res.end()
    },
    request: get(),
    headers: [
      'strict-transport-security: max-age=31536000; includeSubDomains',
      "content-security-policy: default-src 'self'; img-src *",
    ],
  },
  {
    name: 'an empty value arrives empty',
    app: () => (_req, res) => res.setHeader('x-empty', '').end(),
    request: get(),
    headers: ['x-empty: '],
  },
  {
    name: 'a tab inside a value is kept',
    app: () => (_req, res) => res.setHeader('x-tab', 'a\tb').end(),
    request: get(),
    headers: ['x-tab: a\tb'],
  },
  {
    name: 'a latin1 value arrives as its bytes',
    app: () => (_req, res) => res.setHeader('x-name', 'caf\u00e9').end(Buffer.from('x')),
    request: get(),
    headers: ['x-name: caf\u00e9'],
    body: 'x',
    balanced: { because: beyondAscii, ...badGateway },
  },
]
