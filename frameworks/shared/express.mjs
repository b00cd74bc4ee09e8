import { Readable } from 'node:stream'
import { parts, picture } from './content.mjs'

/** The same app for each major version of Express. */
export function createApp(express) {
  const app = express()
  app.use(express.json(), express.urlencoded({ extended: false }))
  app.use(express.raw({ type: 'image/png', limit: '1mb' }))
  app.get('/hello/:name', (req, res) => {
    const { hostname, secure, ip, originalUrl, query, params } = req
    res.json({
      name: params.name,
      query,
      hostname,
      secure,
      ip,
      originalUrl,
    })
  })
  app.post(['/echo', '/form'], (req, res) => res.json(req.body))
  app.put('/bytes', (req, res) => res.type('png').send(req.body))
  app.get('/cookies', (req, res) => {
    res.cookie('first', req.headers.cookie).cookie('second', 'b', { path: '/cookies' }).send('set')
  })
  app.get('/image', (_req, res) => res.type('png').send(picture))
  app.get('/stream', (_req, res) => Readable.from(parts()).pipe(res.type('text')))
  app.get('/empty', (_req, res) => res.sendStatus(204))
  app.get('/redirect', (_req, res) => res.redirect('/hello/Ada'))
  app.get('/fail', () => {
    throw new Error('on purpose')
  })
  return app
}
