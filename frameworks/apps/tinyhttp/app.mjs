import { Readable } from 'node:stream'
import { App } from '@tinyhttp/app'
import { json, raw, urlencoded } from 'milliparsec'
import { parts, picture } from '../../shared/content.mjs'

export const app = new App()
export const listen = (port) => app.listen(port, undefined, '127.0.0.1')
app.get('/hello/:name', (req, res) => res.json({ ...req.params, query: req.query, ip: req.ip }))
app.post('/echo', json(), (req, res) => res.json(req.body))
app.post('/form', urlencoded(), (req, res) => res.json(req.body))
app.put('/bytes', raw(), (req, res) => res.type('png').send(req.body))
app.get('/cookies', (_req, res) => res.cookie('first', 'a').cookie('second', 'b').send('set'))
app.get('/image', (_req, res) => res.type('png').send(picture))
app.get('/stream', (_req, res) => Readable.from(parts()).pipe(res))
app.get('/empty', (_req, res) => res.sendStatus(204))
app.get('/redirect', (_req, res) => res.redirect('/hello/Ada'))
app.get('/fail', () => {
  throw new Error('on purpose')
})
