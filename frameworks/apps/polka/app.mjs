import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import polka from 'polka'
import sirv from 'sirv'
import { parts, picture } from '../../shared/content.mjs'

export const app = polka()
export const listen = (port) => app.listen(port, '127.0.0.1').server

app.use(sirv(new URL('../../shared/public', import.meta.url).pathname, { etag: true }))
app.get('/hello/:name', (req, res) =>
  res.end(JSON.stringify({ ...req.params, ...req.query, path: req.path })),
)
app.post('/echo', async (req, res) => res.end(await buffer(req)))
app.post('/form', async (req, res) => res.end(await buffer(req)))
app.put('/bytes', (req, res) => req.pipe(res))
app.get('/cookies', (_req, res) => res.setHeader('set-cookie', ['a=1', 'b=2']).end())
app.get('/image', (_req, res) => res.end(picture))
app.get('/stream', (_req, res) => Readable.from(parts()).pipe(res))
app.get('/empty', (_req, res) => res.writeHead(204).end())
app.get('/redirect', (_req, res) => res.writeHead(302, { location: '/hello/Ada' }).end())
app.get('/fail', (_req, _res, next) => next(new Error('on purpose')))
