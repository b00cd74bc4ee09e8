import express from 'express'
import { image, large, latin1, parts, textOf } from './content.js'

export const app = express()
app.set('env', 'production')

app.get('/attachment', (_req, res) => {
  res.attachment('résumé.txt').send('Ada')
})
app.get('/cookies', (_req, res) => {
  res.cookie('session', 'abc', { httpOnly: true }).cookie('theme', 'dark').send('welcome')
})
app.get('/empty', (_req, res) => {
  res.sendStatus(204)
})
app.get('/fail', () => {
  throw new Error('on purpose')
})
app.post('/form', async (req, res) => {
  res.json({ type: req.get('content-type'), form: await textOf(req) })
})
app.get('/image', (_req, res) => {
  res.type('png').send(image)
})
app.get('/large', (_req, res) => {
  res.type('txt').send(large)
})
app.get('/latin1', (_req, res) => {
  res.set('content-type', 'text/csv; charset=iso-8859-1').end(latin1)
})
app.get('/links', (_req, res) => {
  res.set('link', ['</a.css>; rel=preload', '</b.css>; rel=preload']).send('links')
})
app.get('/lists', (req, res) => {
  res.json({ accept: req.get('accept'), item: req.get('x-item') })
})
app.get('/not-modified', (_req, res) => {
  res.set('etag', '"v1"').send('only to those who do not have it')
})
app.get('/phrase', (_req, res) => {
  res.status(422)
  res.statusMessage = 'Out Of Stock'
  res.send('none left')
})
app.get('/redirect', (req, res) => {
  res.redirect(`${req.protocol}://${req.host}/welcome`)
})
app.get('/search', (req, res) => {
  res.json({ url: req.originalUrl, query: req.query })
})
app.get('/stream', (_req, res) => {
  res.type('txt')
  parts().pipe(res)
})
app.get('/untyped', (_req, res) => {
  res.end(image)
})
app.get('/visitor', (req, res) => {
  res.json({ address: req.ip, protocol: req.protocol })
})
