import { Readable } from 'node:stream'
import { koa } from '../../apps/koa.ts'
import type { Case } from '../contract.ts'
import { get, head } from '../request.ts'

export const koaResponseCases: readonly Case[] = [
  {
    name: 'HEAD has the length of the body and no body',
    app: () =>
      koa((ctx) => {
        ctx.body = { a: 1 }
      }),
    request: head(),
    headers: ['content-type: application/json; charset=utf-8', 'content-length: 7'],
    body: '',
  },
  {
    name: 'HEAD of a stream has no body',
    app: () =>
      koa((ctx) => {
        ctx.body = Readable.from(['a'])
      }),
    request: head(),
    headers: ['content-type: application/octet-stream'],
    body: '',
  },
  {
    name: 'HEAD of an unknown path is not found',
    app: () => koa(() => {}),
    request: head(),
    status: '404 Not Found',
    body: '',
  },
  {
    name: 'ctx.respond = false leaves the response to the app',
    app: () =>
      koa((ctx) => {
        ctx.respond = false
        setImmediate(() => ctx.res.writeHead(203, { 'x-raw': '1' }).end('raw'))
      }),
    request: get(),
    status: '203 Non-Authoritative Information',
    headers: ['x-raw: 1'],
    body: 'raw',
  },
  {
    name: 'a response ended through ctx.res stands',
    app: () => koa((ctx) => void ctx.res.writeHead(200, { 'x-raw': '1' }).end('raw')),
    request: get(),
    headers: ['x-raw: 1'],
    body: 'raw',
  },
  {
    name: 'flushHeaders sends the head before the body',
    app: () =>
      koa(async (ctx) => {
        ctx.set('x-a', '1')
        ctx.status = 200
        ctx.flushHeaders()
        await null
        ctx.body = 'body'
      }),
    request: get(),
    headers: ['x-a: 1'],
    body: 'body',
  },
  {
    name: 'ctx.message is the reason phrase',
    app: () =>
      koa((ctx) => {
        ctx.status = 409
        ctx.message = 'Twice'
        ctx.body = 'no'
      }),
    request: get(),
    status: '409 Twice',
    body: 'no',
  },
  {
    name: 'several cookies are set, signed or not',
    app: () => {
      const app = koa((ctx) => {
        ctx.cookies.set('a', '1', { httpOnly: false })
        ctx.cookies.set('b', '2', { signed: true, sameSite: 'lax' })
        ctx.body = 'x'
      })
      app.keys = ['secret']
      return app
    },
    request: get(),
    headers: [
      'set-cookie: a=1; path=/',
      'set-cookie: a.sig=3mJwqfMTFRAxlmL0VuFvy734-Qc; path=/',
      'set-cookie: b=2; path=/; samesite=lax; httponly',
      'set-cookie: b.sig=WaLAcI7qffh1211k4SjXgVvkMp8; path=/; samesite=lax; httponly',
    ],
  },
  {
    name: 'append, vary and lastModified set what Koa says',
    app: () =>
      koa((ctx) => {
        ctx.vary('accept')
        ctx.vary('origin')
        ctx.append('link', '</a>; rel=next')
        ctx.lastModified = new Date(0)
        ctx.body = 'x'
      }),
    request: get(),
    headers: [
      'vary: accept, origin',
      'link: </a>; rel=next',
      'last-modified: Thu, 01 Jan 1970 00:00:00 GMT',
    ],
  },
  {
    name: 'a fresh entity is not sent again',
    app: () =>
      koa((ctx) => {
        ctx.etag = 'v1'
        ctx.status = 200
        if (ctx.fresh) ctx.status = 304
        else ctx.body = 'whole'
      }),
    request: get('/', 'If-None-Match: "v1"'),
    status: '304 Not Modified',
    headers: ['etag: "v1"'],
    body: '',
  },
  {
    name: 'an attachment keeps its name',
    app: () =>
      koa((ctx) => {
        ctx.attachment('price in \u20ac.pdf')
        ctx.body = Buffer.from('%PDF')
      }),
    request: get(),
    headers: [
      'content-type: application/pdf',
      `content-disposition: attachment; filename="price in ?.pdf"; filename*=UTF-8''price%20in%20%E2%82%AC.pdf`,
    ],
    body: '%PDF',
  },
  {
    name: 'a redirect has its location and a body to read',
    app: () => koa((ctx) => ctx.redirect('/caf\u00e9?a=1')),
    request: get('/', 'Accept: text/plain'),
    status: '302 Found',
    headers: ['location: /caf%C3%A9?a=1', 'content-type: text/plain; charset=utf-8'],
    body: 'Redirecting to /caf\u00e9?a=1.',
  },
  {
    name: 'an error the app throws is answered by Koa',
    app: () =>
      koa(() => {
        throw new Error('secret')
      }),
    request: get(),
    status: '500 Internal Server Error',
    headers: ['content-type: text/plain; charset=utf-8'],
    body: 'Internal Server Error',
  },
  {
    name: 'an error made for the client is answered with its message',
    app: () => koa((ctx) => ctx.throw(403, 'not you', { headers: { 'x-why': 'because' } })),
    request: get(),
    status: '403 Forbidden',
    headers: ['x-why: because'],
    body: 'not you',
  },
]
