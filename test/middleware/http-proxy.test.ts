import { gunzipSync } from 'node:zlib'
import httpProxy from 'http-proxy'
import Koa from 'koa'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { get } from './raw-response.ts'
import { transports } from './transports.ts'
import { startUpstream } from './upstream.ts'

async function proxying(): Promise<Koa> {
  const proxy = httpProxy.createProxyServer({ target: await startUpstream() })
  return new Koa().use((ctx) => {
    ctx.respond = false
    proxy.web(ctx.req, ctx.res)
  })
}

describe.each(transports)('http-proxy over %s', (_, serve) => {
  it('keeps the bytes of a response that is gzipped and chunked', async () => {
    const { status, headers, body } = await get(serve(await proxying()), '/rates', {})
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    })
    expect(gunzipSync(body).toString()).toBe('{"rates":{"EUR":1,"USD":1.08}}')
  })

  it('passes method, target and body on, and status and cookies back', async () => {
    const { headers } = await request(serve(await proxying()))
      .post('/orders?part=1')
      .type('application/octet-stream')
      .send(Buffer.from([0, 255, 128]))
      .expect(201, 'POST /orders?part=1 00ff80')
    expect([headers['set-cookie']].flat().sort()).toEqual(['a=1', 'b=2'])
  })
})
