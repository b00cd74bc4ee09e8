import { basics, bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

export default {
  name: 'hapi',
  covers: `${basics.covers}; uploads, compression, files with ranges`,
  packages: ['@hapi/hapi', '@hapi/inert'],
  async visit(visitor) {
    const { ask } = visitor
    await basics(visitor)
    await ask(200, 'GET /files/long.txt', { headers: { 'accept-encoding': 'gzip' } })
    await ask(206, 'GET /files/letters.txt', { headers: { range: 'bytes=3-9' } })
    const file = { name: 'file', filename: 'a.bin', type: 'image/png', value: bytes(30_000) }
    await ask(200, 'POST /upload', multipart([{ name: 'title', value: 'Köln' }, file]))
  },
}
