import { basics, bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

export default {
  name: 'Hono',
  covers: `${basics.covers}; uploads, request streams, static files with ranges`,
  packages: ['hono', '@hono/node-server'],
  async visit(visitor) {
    const { ask } = visitor
    await basics(visitor, { options: 204 })
    const file = { name: 'file', filename: 'a.bin', type: 'image/png', value: bytes(30_000) }
    await ask(200, 'POST /upload', multipart([file]))
    await ask(200, 'POST /through', { body: bytes(200_000) })
    await ask(206, 'GET /letters.txt', { headers: { range: 'bytes=3-9' } })
  },
}
