import { Readable } from 'node:stream'
import hapi from '@hapi/hapi'
import inert from '@hapi/inert'
import { parts, picture } from '../../shared/content.mjs'

export async function createServer(port) {
  const server = hapi.server({
    port,
    host: '127.0.0.1',
    autoListen: port !== undefined,
    debug: false,
  })
  await server.register(inert)
  const route = (method, path, handler, options) => server.route({ method, path, handler, options })
  route('GET', '/hello/{name}', ({ params, query, info }, h) =>
    h
      .response({
        ...params,
        query,
        host: info.host,
        ip: info.remoteAddress,
      })
      .etag('same'),
  )
  route('POST', '/echo', ({ payload }) => payload)
  route('POST', '/form', ({ payload }) => payload)
  route('PUT', '/bytes', ({ payload }, h) => h.response(payload).type('image/png'), {
    payload: { parse: false },
  })
  route('GET', '/cookies', ({ state }, h) =>
    h
      .response(state)
      .state('first', state.a, { isSecure: false })
      .state('second', 'b', { isSecure: false }),
  )
  route('GET', '/image', (_request, h) => h.response(picture).type('image/png'))
  route('GET', '/stream', (_request, h) =>
    h.response(Readable.from(parts(), { objectMode: false })).type('text/plain'),
  )
  route('GET', '/empty', (_request, h) => h.response().code(204))
  route('GET', '/redirect', (_request, h) => h.redirect('/hello/Ada'))
  route('GET', '/fail', () => {
    throw new Error('on purpose')
  })
  route('GET', '/files/{name}', {
    directory: { path: new URL('../../shared/public', import.meta.url).pathname },
  })
  route('POST', '/upload', ({ payload }) => ({ ...payload, file: payload.file.length }), {
    payload: { multipart: true },
  })
  return server
}

export async function listen(port) {
  const server = await createServer(port)
  await server.start()
  return server.listener
}
