import { Readable } from 'node:stream'
import bodyParser from 'body-parser'
import connect from 'connect'
import cookieSession from 'cookie-session'
import morgan from 'morgan'
import { parts, picture } from '../../shared/content.mjs'

const lines = []
export const app = connect()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(
  morgan(':method :url :status :res[content-length]', {
    stream: { write: (line) => lines.push(line) },
  }),
)
app.use('/log', (_req, res) => res.end(lines.join('')))
app.use(cookieSession({ keys: ['key'] }))
app.use('/count', (req, res) => {
  req.session.count = (req.session.count ?? 0) + 1
  res.end(String(req.session.count))
})
app.use(bodyParser.json(), bodyParser.urlencoded())
app.use('/hello', (req, res) => res.end(`${req.url} of ${req.originalUrl}`))
app.use('/echo', (req, res) => res.end(JSON.stringify(req.body)))
app.use('/form', (req, res) => res.end(JSON.stringify(req.body)))
app.use('/bytes', (req, res) => req.pipe(res))
app.use('/cookies', (req, res) =>
  res.setHeader('set-cookie', ['a=1', 'b=2']).end(req.headers.cookie),
)
app.use('/image', (_req, res) => res.end(picture))
app.use('/stream', (_req, res) => Readable.from(parts()).pipe(res))
app.use('/empty', (_req, res) => res.writeHead(204).end())
app.use('/redirect', (_req, res) => res.writeHead(302, { location: '/hello' }).end())
app.use('/fail', (_req, _res, next) => next(new Error('on purpose')))
