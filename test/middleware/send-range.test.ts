import { fileURLToPath } from 'node:url'
import Koa from 'koa'
import range from 'koa-range'
import send from 'koa-send'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { transports } from './transports.ts'

const root = fileURLToPath(new URL('files', import.meta.url))

// koa-send itself knows no ranges; koa-range cuts its stream.
function sendingFiles(): Koa {
  return new Koa().use(range).use(async (ctx) => {
    await send(ctx, ctx.path, { root })
  })
}

describe.each(transports)('koa-send with koa-range over %s', (_, serve) => {
  it('offers ranges with the whole file', async () => {
    await request(serve(sendingFiles()))
      .get('/alphabet.txt')
      .expect(200, '0123456789abcdefghijklmnopqrstuvwxyz')
      .expect('accept-ranges', 'bytes')
  })

  it('sends a part of a text as 206', async () => {
    await request(serve(sendingFiles()))
      .get('/alphabet.txt')
      .set('Range', 'bytes=10-15')
      .expect(206, 'abcdef')
      .expect('content-range', 'bytes 10-15/36')
      .expect('content-length', '6')
  })

  it('sends a part of an image as 206', async () => {
    const { body } = await request(serve(sendingFiles()))
      .get('/pixel.png')
      .set('Range', 'bytes=0-7')
      .expect(206)
      .expect('content-range', 'bytes 0-7/70')
      .expect('content-type', 'image/png')
    expect(body.toString('hex')).toBe('89504e470d0a1a0a')
  })

  it('refuses a range that ends before it starts with 416', async () => {
    await request(serve(sendingFiles()))
      .get('/alphabet.txt')
      .set('Range', 'bytes=15-10')
      .expect(416, 'Range Not Satisfiable')
  })
})
