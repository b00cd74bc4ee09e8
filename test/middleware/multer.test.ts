import multer from '@koa/multer'
import Koa from 'koa'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

describe.each(transports)('@koa/multer over %s', (_, serve) => {
  it('receives a binary upload byte for byte', async () => {
    const app = new Koa().use(multer().single('file')).use((ctx) => {
      const { originalname, mimetype, buffer } = ctx.file
      ctx.set({ 'x-name': originalname, 'x-type': mimetype })
      ctx.set('x-fields', JSON.stringify(ctx.request.body))
      ctx.body = buffer
    })
    await request(serve(app))
      .post('/')
      .field('title', 'bytes')
      .attach('file', everyByte, { filename: 'bytes.bin', contentType: 'application/x-bytes' })
      .expect(200, everyByte)
      .expect('x-name', 'bytes.bin')
      .expect('x-type', 'application/x-bytes')
      .expect('x-fields', '{"title":"bytes"}')
      .expect('content-type', 'application/octet-stream')
  })
})
