import type Koa from 'koa'
import { configuredKoa } from '../../apps/koa.ts'
import type { Case } from '../contract.ts'
import { get, post } from '../request.ts'

const appended = 'the load balancer appends the address of its client'
const overwritten = 'the load balancer says which protocol its own listener speaks'

function address(ctx: Koa.Context): unknown {
  return [ctx.ip, ctx.ips]
}

function host(ctx: Koa.Context): unknown {
  return [ctx.protocol, ctx.secure, ctx.host, ctx.hostname]
}

/** What a middleware of an app with or without `proxy` finds in its context. */
function finds(
  name: string,
  proxy: boolean,
  request: Buffer,
  find: (ctx: Koa.Context) => unknown,
  found: unknown,
  balanced?: Case['balanced'],
): Case {
  return {
    name,
    app: (saw) =>
      configuredKoa({ proxy }, (ctx) => {
        saw(find(ctx))
        ctx.body = 'x'
      }),
    request,
    body: 'x',
    saw: [found],
    ...(balanced && { balanced }),
  }
}

const forwarded = get('/', 'X-Forwarded-For: 203.0.113.9, 198.51.100.7', 'X-Forwarded-Proto: https')

export const koaContextCases: readonly Case[] = [
  finds('ip is the client', false, get(), address, ['127.0.0.1', []]),
  finds('ip cannot be forged', false, forwarded, address, ['127.0.0.1', []]),
  finds(
    'ip with app.proxy is the client when nothing was forwarded',
    true,
    get(),
    (ctx) => ctx.ip,
    '127.0.0.1',
  ),
  finds(
    'ips with app.proxy are those forwarded',
    true,
    forwarded,
    address,
    ['203.0.113.9', ['203.0.113.9', '198.51.100.7']],
    {
      because: appended,
      saw: [['203.0.113.9', ['203.0.113.9', '198.51.100.7', '127.0.0.1']]],
    },
  ),
  {
    name: 'ip with app.proxy and maxIpsCount is the last one forwarded',
    app: (saw) =>
      configuredKoa({ proxy: true, maxIpsCount: 1 }, (ctx) => {
        saw(ctx.ip)
        ctx.body = 'x'
      }),
    request: forwarded,
    body: 'x',
    saw: ['198.51.100.7'],
    balanced: { because: appended, saw: ['127.0.0.1'] },
  },
  finds('protocol and host are those of the connection', false, get(), host, [
    'http',
    false,
    'app.test:8080',
    'app.test',
  ]),
  finds(
    'protocol cannot be forged without app.proxy',
    false,
    forwarded,
    (ctx) => [ctx.protocol, ctx.secure],
    ['http', false],
  ),
  finds(
    'protocol with app.proxy is the one forwarded',
    true,
    forwarded,
    (ctx) => [ctx.protocol, ctx.secure],
    ['https', true],
    { because: overwritten, saw: [['http', false]] },
  ),
  finds(
    'host with app.proxy is the one forwarded',
    true,
    get('/', 'X-Forwarded-Host: shop.test'),
    (ctx) => [ctx.host, ctx.hostname],
    ['shop.test', 'shop.test'],
  ),
  finds('href and URL are whole', false, get('/a%20b?c=d'), (ctx) => [ctx.href, ctx.URL.href], [
    'http://app.test:8080/a%20b?c=d',
    'http://app.test:8080/a%20b?c=d',
  ]),
  finds(
    'path, querystring and query are decoded as Koa does',
    false,
    get('/caf%C3%A9?a=1+2&b=%2B&c=%C3%A9'),
    (ctx) => [ctx.path, ctx.querystring, { ...ctx.query }],
    ['/caf%C3%A9', 'a=1+2&b=%2B&c=%C3%A9', { a: '1 2', b: '+', c: '\u00e9' }],
  ),
  finds(
    'is() is null without a body',
    false,
    get('/', 'Content-Type: application/json'),
    (ctx) => [ctx.is('json'), ctx.request.length ?? null],
    [null, null],
  ),
  finds(
    'is() is the type with a body',
    false,
    post('{}', 'Content-Type: application/json; charset=utf-8'),
    (ctx) => [ctx.is('json', 'html'), ctx.request.length, ctx.request.charset],
    ['json', 2, 'utf-8'],
  ),
  finds(
    'accepts follows the headers of the client',
    false,
    get('/', 'Accept: text/html;q=0.5, application/json', 'Accept-Language: de, en;q=0.5'),
    (ctx) => [ctx.accepts('html', 'json'), ctx.acceptsLanguages('en', 'de')],
    ['json', 'de'],
  ),
  finds(
    'cookies are read',
    false,
    get('/', 'Cookie: a=1; b=%20; c="q"'),
    (ctx) => ['a', 'b', 'c', 'd'].map((name) => ctx.cookies.get(name) ?? null),
    ['1', '%20', 'q', null],
  ),
  finds(
    'nothing is invented on ctx.request',
    false,
    post('{}', 'Content-Type: application/json'),
    ({ request }) => ['body', 'rawBody', 'files'].filter((name) => name in request),
    [],
  ),
]
