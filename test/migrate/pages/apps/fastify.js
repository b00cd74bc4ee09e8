import fastify from 'fastify'
import { image, large, latin1, parts, textOf } from './content.js'

export const app = fastify()

app.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload) =>
  textOf(payload),
)
app.get('/attachment', (_request, reply) =>
  reply.header('content-disposition', 'attachment; filename="résumé.txt"').send('Ada'),
)
app.get('/cookies', (_request, reply) =>
  reply.header('set-cookie', ['session=abc; HttpOnly', 'theme=dark']).send('welcome'),
)
app.get('/empty', (_request, reply) => reply.code(204).send())
app.get('/fail', () => {
  throw new Error('on purpose')
})
app.post('/form', async (request) => ({
  type: request.headers['content-type'],
  form: request.body,
}))
app.get('/image', (_request, reply) => reply.type('image/png').send(image))
app.get('/large', (_request, reply) => reply.type('text/plain').send(large))
app.get('/latin1', (_request, reply) =>
  reply.header('content-type', 'text/csv; charset=iso-8859-1').send(latin1),
)
app.get('/links', (_request, reply) =>
  reply.header('link', ['</a.css>; rel=preload', '</b.css>; rel=preload']).send('links'),
)
app.get('/lists', async ({ headers }) => ({ accept: headers.accept, item: headers['x-item'] }))
app.get('/not-modified', (_request, reply) => reply.code(304).header('etag', '"v1"').send())
app.get('/phrase', (_request, reply) => {
  reply.raw.statusMessage = 'Out Of Stock'
  return reply.code(422).send('none left')
})
app.get('/redirect', ({ protocol, host }, reply) => reply.redirect(`${protocol}://${host}/welcome`))
app.get('/search', async ({ url, query }) => ({ url, query }))
app.get('/stream', (_request, reply) => reply.type('text/plain').send(parts()))
app.get('/untyped', (_request, reply) => reply.send(image).removeHeader('content-type'))
app.get('/visitor', async ({ ip, protocol }) => ({ address: ip, protocol }))
