import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { stream } from 'hono/streaming'
import { image, large, latin1, parts } from './content.js'

export const app = new Hono()

app.get('/attachment', (c) =>
  c.text('Ada', 200, {
    'content-disposition': "attachment; filename*=UTF-8''r%C3%A9sum%C3%A9.txt",
  }),
)
app.get('/cookies', (c) => {
  setCookie(c, 'session', 'abc', { httpOnly: true })
  setCookie(c, 'theme', 'dark')
  return c.text('welcome')
})
app.get('/empty', (c) => c.body(null, 204))
app.get('/fail', () => {
  throw new Error('on purpose')
})
app.onError((_error, c) => c.text('Internal Server Error', 500))
app.post('/form', async (c) =>
  c.json({ type: c.req.header('content-type'), form: await c.req.text() }),
)
app.get('/image', (c) => c.body(image, 200, { 'content-type': 'image/png' }))
app.get('/large', (c) => c.text(large))
app.get('/latin1', (c) => c.body(latin1, 200, { 'content-type': 'text/csv; charset=iso-8859-1' }))
app.get('/links', (c) => {
  c.header('link', '</a.css>; rel=preload')
  c.header('link', '</b.css>; rel=preload', { append: true })
  return c.text('links')
})
app.get('/lists', (c) => c.json({ accept: c.req.header('accept'), item: c.req.header('x-item') }))
app.get('/not-modified', (c) => c.body(null, 304, { etag: '"v1"' }))
app.get('/phrase', () => new Response('none left', { status: 422, statusText: 'Out Of Stock' }))
app.get('/redirect', (c) => c.redirect(new URL('/welcome', c.req.url)))
app.get('/search', (c) => c.json({ url: c.req.url, query: c.req.queries() }))
app.get('/stream', (c) =>
  stream(c, async (out) => {
    for await (const part of parts()) await out.write(part)
  }),
)
app.get('/untyped', (c) => c.body(image))
app.get('/visitor', (c) => c.json({ protocol: new URL(c.req.url).protocol }))
