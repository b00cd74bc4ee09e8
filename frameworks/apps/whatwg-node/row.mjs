import { bytes } from '../../harness/basics.mjs'

export default {
  name: 'itty-router by @whatwg-node/server',
  covers: 'parameters, JSON, form and binary bodies, cookies, an image, 204, 404, 500',
  packages: ['@whatwg-node/server', 'itty-router'],
  async visit({ ask }) {
    await ask(200, 'GET /hello/Ada?city=K%C3%B6ln')
    await ask(200, 'POST /echo', { json: { name: 'Köln' } })
    await ask(200, 'POST /form', { form: { name: 'Köln' } })
    await ask(200, 'PUT /bytes', { body: bytes(70_000) })
    await ask(200, 'GET /cookies')
    await ask(200, 'GET /image')
    await ask(204, 'GET /empty')
    await ask(500, 'GET /fail')
    await ask(404, 'GET /missing')
  },
}
