import { readFile, rm } from 'node:fs/promises'
import Koa from 'koa'
import { koaBody } from 'koa-body'
import request from 'supertest'
import { describe, it } from 'vitest'
import { transports } from './transports.ts'

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

describe.each(transports)('koa-body over %s', (_, serve) => {
  it('parses JSON', async () => {
    const app = new Koa().use(koaBody()).use((ctx) => {
      ctx.body = ctx.request.body
    })
    await request(serve(app)).post('/').send({ a: 'ü' }).expect(200, { a: 'ü' })
  })

  it('parses a form', async () => {
    const app = new Koa().use(koaBody()).use((ctx) => {
      ctx.body = ctx.request.body
    })
    await request(serve(app))
      .post('/')
      .type('form')
      .send('a=1&b=%26')
      .expect(200, { a: '1', b: '&' })
  })

  it('stores an upload byte for byte', async () => {
    let stored = ''
    const onFileBegin = (_name: string, file: { filepath: string }) => {
      stored = file.filepath
    }
    const app = new Koa().use(koaBody({ multipart: true, formidable: { onFileBegin } }))
    app.use(async (ctx) => {
      ctx.body = await readFile(stored)
      await rm(stored)
    })
    await request(serve(app))
      .post('/')
      .attach('file', everyByte, 'bytes.bin')
      .expect(200, everyByte)
  })
})
