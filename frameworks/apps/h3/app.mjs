import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { getCookie, getQuery, H3, HTTPError, redirect, setCookie } from 'h3'
import { toNodeHandler } from 'h3/node'
import { parts, picture } from '../../shared/content.mjs'

export const app = new H3()
export const listen = (port) => createServer(toNodeHandler(app)).listen(port, '127.0.0.1')

app.get('/hello/:name', (event) => ({
  ...event.context.params,
  query: getQuery(event),
  url: event.req.url,
}))
app.post('/echo', (event) => event.req.json())
app.post('/form', async (event) => Object.fromEntries(await event.req.formData()))
app.put('/bytes', async (event) => new Response(await event.req.arrayBuffer()))
app.get('/cookies', (event) => {
  setCookie(event, 'first', getCookie(event, 'a'))
  setCookie(event, 'second', getCookie(event, 'b'))
  return 'set'
})
app.get('/image', () => new Response(picture, { headers: { 'content-type': 'image/png' } }))
app.get('/stream', () => Readable.toWeb(Readable.from(parts(), { objectMode: false })))
app.get('/empty', () => new Response(null, { status: 204 }))
app.get('/redirect', () => redirect('/hello/Ada'))
app.get('/fail', () => {
  throw new HTTPError({ status: 500, message: 'on purpose' })
})
app.post('/through', (event) => event.req.body)
