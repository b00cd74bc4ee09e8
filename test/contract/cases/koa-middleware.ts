import { bodyParser } from '@koa/bodyparser'
import Router from '@koa/router'
import { koa } from '../../apps/koa.ts'
import type { App, Case, Saw } from '../contract.ts'
import { get, post, request } from '../request.ts'

function notes(saw: Saw): App {
  const router = new Router()
  router.get('/notes/:id', (ctx) => {
    saw(ctx.params)
    ctx.body = { id: ctx.params.id }
  })
  router.post('/', (ctx) => {
    saw(ctx.request.body)
    ctx.body = 'stored'
  })
  const app = koa(bodyParser())
  app.use(router.routes()).use(router.allowedMethods())
  return app
}

export const koaMiddlewareCases: readonly Case[] = [
  {
    name: '@koa/router decodes parameters',
    app: notes,
    request: get('/notes/caf%C3%A9%2F7?x=1'),
    headers: ['content-type: application/json; charset=utf-8'],
    body: '{"id":"caf\u00e9/7"}',
    saw: [{ id: 'caf\u00e9/7' }],
  },
  {
    name: '@koa/router answers a wrong method',
    app: notes,
    request: request('DELETE /notes/1 HTTP/1.1', []),
    status: '405 Method Not Allowed',
    headers: ['allow: HEAD, GET'],
  },
  {
    name: '@koa/router answers OPTIONS',
    app: notes,
    request: request('OPTIONS / HTTP/1.1', []),
    headers: ['allow: POST'],
    body: '',
  },
  {
    name: '@koa/bodyparser reads JSON',
    app: notes,
    request: post('{"caf\u00e9":["\u20ac"]}', 'Content-Type: application/json'),
    body: 'stored',
    saw: [{ caf\u00e9: ['\u20ac'] }],
  },
  {
    name: '@koa/bodyparser reads a form',
    app: notes,
    request: post('a=1+2&b=%2B&a=%C3%A9', 'Content-Type: application/x-www-form-urlencoded'),
    body: 'stored',
    saw: [{ a: ['1 2', '\u00e9'], b: '+' }],
  },
  {
    name: '@koa/bodyparser refuses broken JSON',
    app: notes,
    request: post('{"a":', 'Content-Type: application/json'),
    status: '400 Bad Request',
  },
]
