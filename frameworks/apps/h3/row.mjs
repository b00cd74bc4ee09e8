import { basics, bytes } from '../../harness/basics.mjs'

export default {
  name: 'h3',
  covers: `${basics.covers}; a request stream piped through`,
  packages: ['h3'],
  async visit(visitor) {
    await basics(visitor)
    await visitor.ask(200, 'POST /through', { body: bytes(200_000) })
  },
}
