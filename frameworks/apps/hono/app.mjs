import { createAdaptorServer } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { cors } from 'hono/cors'
import { etag } from 'hono/etag'
import { stream } from 'hono/streaming'
import { parts, picture } from '../../shared/content.mjs'

export const app = new Hono()
export const listen = (port) => createAdaptorServer(app).listen(port, '127.0.0.1')

app.use(cors({ origin: 'https://site.example' }))
app.use('/hello/*', etag())
app.get('/hello/:name', (c) =>
  c.json({ name: c.req.param('name'), query: c.req.query(), url: c.req.url }),
)
app.post('/echo', async (c) => c.json(await c.req.json()))
app.post('/form', async (c) => c.json(await c.req.parseBody()))
app.put('/bytes', async (c) =>
  c.body(await c.req.arrayBuffer(), 200, { 'content-type': 'image/png' }),
)
app.get('/cookies', (c) => {
  setCookie(c, 'first', getCookie(c, 'a'))
  setCookie(c, 'second', getCookie(c, 'b'), { path: '/cookies', sameSite: 'lax' })
  return c.text('set')
})
app.get('/image', (c) => c.body(picture, 200, { 'content-type': 'image/png' }))
app.get('/stream', (c) =>
  stream(c, async (out) => {
    for await (const part of parts()) await out.write(part)
  }),
)
app.get('/empty', (c) => c.body(null, 204))
app.get('/redirect', (c) => c.redirect('/hello/Ada'))
app.get('/fail', () => {
  throw new Error('on purpose')
})
app.post('/upload', async (c) => {
  const { file } = await c.req.parseBody()
  return c.json({ name: file.name, type: file.type, size: file.size })
})
app.post('/through', (c) => c.body(c.req.raw.body))
app.onError((_error, c) => c.text('Internal Server Error', 500))
app.use(
  '/letters.txt',
  serveStatic({ root: new URL('../../shared/public', import.meta.url).pathname }),
)
