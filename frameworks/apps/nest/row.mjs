import { basics, bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

export default {
  name: 'NestJS',
  covers: `${basics.covers}; uploads, guards, pipes, server-sent events`,
  packages: ['@nestjs/core', '@nestjs/platform-express'],
  async visit(visitor) {
    await basics(visitor)
    const file = { name: 'file', filename: 'a.bin', type: 'image/png', value: bytes(30_000) }
    await visitor.ask(201, 'POST /upload', multipart([{ name: 'title', value: 'Köln' }, file]))
    await visitor.ask(403, 'GET /guarded')
    await visitor.ask(400, 'GET /number/x')
    await visitor.ask(200, 'GET /events')
  },
}
