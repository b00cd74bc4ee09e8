import { fileURLToPath } from 'node:url'
import Koa from 'koa'
import serveStatic from 'koa-static'
import request from 'supertest'
import { describe, expect, it } from 'vitest'
import { transports } from './transports.ts'

const files = fileURLToPath(new URL('files', import.meta.url))

describe.each(transports)('koa-static over %s', (_, serve) => {
  it('serves a page as UTF-8 text', async () => {
    const app = new Koa().use(serveStatic(files, { maxage: 60_000 }))
    await request(serve(app))
      .get('/page.html')
      .expect(200, '<!doctype html>\n<meta charset="utf-8">\n<title>Straße</title>\n<p>50 €</p>\n')
      .expect('content-type', 'text/html; charset=utf-8')
      .expect('content-length', '76')
      .expect('cache-control', 'max-age=60')
  })

  it('serves an image byte for byte', async () => {
    const app = new Koa().use(serveStatic(files))
    const { body } = await request(serve(app))
      .get('/pixel.png')
      .expect(200)
      .expect('content-type', 'image/png')
      .expect('content-length', '70')
    expect(body.toString('base64')).toBe(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    )
  })

  it('answers HEAD with the length of the file and no body', async () => {
    const app = new Koa().use(serveStatic(files))
    await request(serve(app)).head('/pixel.png').expect(200).expect('content-length', '70')
  })

  it('leaves a file that is not there to the app', async () => {
    const app = new Koa().use(serveStatic(files))
    await request(serve(app)).get('/missing.html').expect(404, 'Not Found')
  })
})
