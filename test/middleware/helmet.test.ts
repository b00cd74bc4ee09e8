import Koa from 'koa'
import helmet from 'koa-helmet'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { transports } from './transports.ts'

describe.each(transports)('koa-helmet over %s', (_, serve) => {
  it('adds its security headers and hides nothing else', async () => {
    const app = new Koa().use(helmet()).use((ctx) => {
      ctx.body = 'safe'
    })
    const { headers, text } = await request(serve(app)).get('/').expect(200)
    expect(text).toBe('safe')
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'x-xss-protection': '0',
    })
    expect(headers['content-security-policy']).toMatch(/^default-src 'self';base-uri 'self';/)
  })
})
