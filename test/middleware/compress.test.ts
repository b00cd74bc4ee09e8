import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import Koa from 'koa'
import compress from 'koa-compress'
import { describe, expect, it } from 'vitest'
import { get } from './raw-response.ts'
import { transports } from './transports.ts'

const text = '50 € for a Straße\n'.repeat(1000)
const app = new Koa().use(compress()).use((ctx) => {
  ctx.body = ctx.path === '/short' ? 'short' : text
})

describe.each(transports)('koa-compress over %s', (_, serve) => {
  it('compresses with gzip', async () => {
    const { headers, body } = await get(serve(app), '/', { 'accept-encoding': 'gzip' })
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' })
    expect(body.length).toBeLessThan(1000)
    expect(gunzipSync(body).equals(Buffer.from(text))).toBe(true)
  })

  it('compresses with Brotli', async () => {
    const { headers, body } = await get(serve(app), '/', { 'accept-encoding': 'gzip, br' })
    expect(headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' })
    expect(body.length).toBeLessThan(1000)
    expect(brotliDecompressSync(body).equals(Buffer.from(text))).toBe(true)
  })

  it('leaves a short text as it is', async () => {
    const { headers, body } = await get(serve(app), '/short', { 'accept-encoding': 'gzip, br' })
    expect(headers).toMatchObject({ 'content-length': '5', vary: 'Accept-Encoding' })
    expect(headers['content-encoding']).toBeUndefined()
    expect(body.toString()).toBe('short')
  })
})
