import { bytes } from '../../harness/basics.mjs'

export default {
  name: 'Astro',
  covers: 'static and rendered pages, endpoints, cookies, redirects, errors, files with ranges',
  packages: ['astro', '@astrojs/node', 'express'],
  build: 'astro build',
  async visit({ ask }) {
    await ask(200, 'GET /')
    await ask(200, 'GET /hello/J%C3%BCrgen?city=K%C3%B6ln', { headers: { cookie: 'a=1' } })
    await ask(200, 'HEAD /hello/Ada')
    await ask(201, 'POST /echo', { body: bytes(70_000) })
    await ask(200, 'PUT /echo', { body: bytes(70_000) })
    await ask(302, 'GET /hello/leave')
    await ask(404, 'GET /hello/nobody')
    await ask(500, 'GET /hello/fail')
    await ask(404, 'GET /missing')
    await ask(206, 'GET /letters.txt', { headers: { range: 'bytes=3-9' } })
  },
}
