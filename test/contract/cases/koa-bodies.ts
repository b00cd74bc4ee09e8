import { createReadStream } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import type Koa from 'koa'
import { koa } from '../../apps/koa.ts'
import type { Case } from '../contract.ts'
import { get } from '../request.ts'

const hello = new URL('../../apps/public/hello.txt', import.meta.url)

function bodied(body: unknown): Koa {
  return koa((ctx) => {
    ctx.body = body
  })
}

export const koaBodyCases: readonly Case[] = [
  {
    name: 'a string is text',
    app: () => bodied('caf\u00e9'),
    request: get(),
    headers: ['content-type: text/plain; charset=utf-8', 'content-length: 5'],
    body: 'caf\u00e9',
  },
  {
    name: 'a string that starts with a tag is HTML',
    app: () => bodied('<p>hi</p>'),
    request: get(),
    headers: ['content-type: text/html; charset=utf-8', 'content-length: 9'],
    body: '<p>hi</p>',
  },
  {
    name: 'an empty string is a body',
    app: () => bodied(''),
    request: get(),
    headers: ['content-length: 0'],
    body: '',
  },
  {
    name: 'a Buffer is bytes',
    app: () => bodied(Buffer.from([0, 255])),
    request: get(),
    headers: ['content-type: application/octet-stream', 'content-length: 2'],
    body: Buffer.from([0, 255]),
  },
  {
    name: 'an object is JSON',
    app: () => bodied({ a: ['\u20ac', null] }),
    request: get(),
    headers: ['content-type: application/json; charset=utf-8', 'content-length: 18'],
    body: '{"a":["\u20ac",null]}',
  },
  {
    name: 'an array is JSON',
    app: () => bodied([1, '2']),
    request: get(),
    headers: ['content-type: application/json; charset=utf-8'],
    body: '[1,"2"]',
  },
  {
    name: 'a stream is sent to its end',
    app: () => bodied(Readable.from(['a', 'b', 'c'])),
    request: get(),
    headers: ['content-type: application/octet-stream'],
    body: 'abc',
  },
  {
    name: 'a stream that is written later is sent to its end',
    app: () =>
      koa((ctx) => {
        const body = new PassThrough()
        ctx.type = 'text'
        ctx.body = body
        setImmediate(() => body.end('later'))
      }),
    request: get(),
    headers: ['content-type: text/plain; charset=utf-8'],
    body: 'later',
  },
  {
    name: 'a file is sent to its end',
    app: () =>
      koa((ctx) => {
        ctx.type = 'txt'
        ctx.body = createReadStream(hello)
      }),
    request: get(),
    body: 'hello from a file\n',
  },
  {
    name: 'a Blob is sent with its length',
    app: () => bodied(new Blob(['a', Buffer.from([255])])),
    request: get(),
    headers: ['content-type: application/octet-stream', 'content-length: 2'],
    body: Buffer.from('61ff', 'hex'),
  },
  {
    name: 'a ReadableStream is sent to its end',
    app: () => bodied(new Blob(['web ', 'stream']).stream()),
    request: get(),
    headers: ['content-type: application/octet-stream'],
    body: 'web stream',
  },
  {
    name: 'a Response gives status, headers and body',
    app: () =>
      koa((ctx) => {
        ctx.body = new Response('made', { status: 201, headers: { 'x-a': '1' } })
      }),
    request: get(),
    status: '201 Created',
    headers: ['x-a: 1', 'content-type: text/plain;charset=UTF-8'],
    body: 'made',
  },
  {
    name: 'null is no content',
    app: () => bodied(null),
    request: get(),
    status: '204 No Content',
    without: ['content-type', 'transfer-encoding'],
    body: '',
  },
  {
    name: 'nothing is not found',
    app: () => koa(() => {}),
    request: get(),
    status: '404 Not Found',
    headers: ['content-type: text/plain; charset=utf-8', 'content-length: 9'],
    body: 'Not Found',
  },
  {
    name: 'a status alone brings its phrase as the body',
    app: () =>
      koa((ctx) => {
        ctx.status = 202
      }),
    request: get(),
    status: '202 Accepted',
    body: 'Accepted',
  },
  {
    name: 'a body after 204 is dropped',
    app: () =>
      koa((ctx) => {
        ctx.body = 'dropped'
        ctx.status = 204
      }),
    request: get(),
    status: '204 No Content',
    without: ['content-type', 'transfer-encoding'],
    body: '',
  },
]
