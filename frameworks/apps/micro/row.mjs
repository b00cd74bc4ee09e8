import { bytes } from '../../harness/basics.mjs'

export default {
  name: 'micro',
  covers: 'JSON and binary bodies, an image, a stream, 204, errors',
  packages: ['micro'],
  async visit({ ask }) {
    await ask(200, 'GET /hello/Ada?city=K%C3%B6ln')
    await ask(200, 'POST /echo', { json: { name: 'Köln' } })
    await ask(400, 'POST /echo', { body: '{', headers: { 'content-type': 'application/json' } })
    await ask(200, 'PUT /bytes', { body: bytes(70_000) })
    await ask(200, 'GET /image')
    await ask(200, 'GET /stream')
    await ask(204, 'GET /empty')
    await ask(418, 'GET /fail')
  },
}
