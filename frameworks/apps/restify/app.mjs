import { Readable } from 'node:stream'
import restify from 'restify'
import { parts, picture } from '../../shared/content.mjs'

export const app = restify.createServer({ name: 'things' })
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(restify.plugins.queryParser())
app.put('/bytes', (req, res, next) => req.pipe(res).on('finish', next))
app.use(restify.plugins.bodyParser())
app.get('/hello/:name', async (req, res) => res.send({ name: req.params.name, query: req.query }))
app.head('/hello/:name', async (_req, res) => res.send())
app.post('/echo', async (req, res) => res.send(req.body))
app.post('/form', async (req, res) => res.send(req.body))
app.get('/cookies', async (_req, res) => {
  res.header('set-cookie', ['a=1', 'b=2'])
  res.send('set')
})
app.get('/image', async (_req, res) => {
  res.sendRaw(200, picture, { 'content-type': 'image/png' })
})
app.get('/stream', (_req, res, next) => Readable.from(parts()).pipe(res).on('finish', next))
app.get('/empty', async (_req, res) => res.send(204))
app.get('/redirect', (_req, res, next) => res.redirect(302, '/hello/Ada', next))
app.get('/fail', async () => {
  throw new Error('on purpose')
})
