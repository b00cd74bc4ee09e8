import { gunzipSync } from 'node:zlib'
import httpProxy from 'http-proxy'
import Koa, { type Middleware } from 'koa'
import proxies from 'koa-proxies'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { get } from './raw-response.ts'
import { transports } from './transports.ts'
import { startUpstream } from './upstream.ts'

type ProxyTo = (target: string) => Middleware

const httpProxyTo: ProxyTo = (target) => {
  const proxy = httpProxy.createProxyServer({ target })
  return (ctx) => {
    ctx.respond = false
    proxy.web(ctx.req, ctx.res)
  }
}
const koaProxiesTo: ProxyTo = (target) =>
  proxies('/api', { target, rewrite: (path) => path.replace(/^\/api/, '') })

const proxied = (
  [
    ['http-proxy', '', httpProxyTo],
    ['koa-proxies', '/api', koaProxiesTo],
  ] as const
).flatMap(([name, prefix, to]) =>
  transports.map(([transport, serve]) => {
    const proxying = async () => serve(new Koa().use(to(await startUpstream())))
    return [name, transport, prefix, proxying] as const
  }),
)

describe.each(proxied)('%s over %s', (_name, _transport, prefix, proxying) => {
  it('keeps the bytes of a response that is gzipped and chunked', async () => {
    const { status, headers, body } = await get(await proxying(), `${prefix}/rates`, {})
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    })
    expect(gunzipSync(body).toString()).toBe('{"rates":{"EUR":1,"USD":1.08}}')
  })

  it('passes method, target and body on, and status and cookies back', async () => {
    const { headers } = await request(await proxying())
      .post(`${prefix}/orders?part=1`)
      .type('application/octet-stream')
      .send(Buffer.from([0, 255, 128]))
      .expect(201, 'POST /orders?part=1 00ff80')
    expect([headers['set-cookie']].flat().sort()).toEqual(['a=1', 'b=2'])
  })
})
