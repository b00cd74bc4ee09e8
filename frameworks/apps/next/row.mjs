import { bytes, revisit } from '../../harness/basics.mjs'

export default {
  name: 'Next.js',
  covers:
    'static and dynamic pages, server data, routes, streams, redirects, errors, files with ranges',
  packages: ['next', 'react'],
  build: 'next build',
  async visit({ ask }) {
    await revisit(ask, '/')
    await ask(200, 'GET /', { headers: { 'accept-encoding': 'gzip' } })
    await ask(200, 'GET /hello/J%C3%BCrgen?city=K%C3%B6ln', { headers: { cookie: 'a=1' } })
    await ask(307, 'GET /hello/Ada?city=Ulm', { headers: { rsc: '1' } })
    await ask(200, 'HEAD /hello/Ada')
    await ask(201, 'POST /api/echo', { json: { name: 'Köln' } })
    await ask(200, 'PUT /api/echo', { body: bytes(70_000) })
    await ask(200, 'GET /api/echo?city=K%C3%B6ln')
    await ask(405, 'DELETE /api/echo')
    await ask(200, 'GET /api/stream')
    await ask(307, 'GET /leave')
    await ask(500, 'GET /fail')
    await ask(404, 'GET /missing')
    await ask(206, 'GET /letters.txt', { headers: { range: 'bytes=3-9' } })
  },
}
