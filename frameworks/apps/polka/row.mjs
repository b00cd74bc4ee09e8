import { basics, revisit } from '../../harness/basics.mjs'

export default {
  name: 'Polka',
  covers: `${basics.covers}; files by sirv with ranges and 304`,
  packages: ['polka', 'sirv'],
  async visit(visitor) {
    await basics(visitor, { head: 404 })
    await revisit(visitor.ask, '/letters.txt')
    await visitor.ask(206, 'GET /letters.txt', { headers: { range: 'bytes=3-9' } })
    await visitor.ask(416, 'GET /letters.txt', { headers: { range: 'bytes=99-' } })
  },
}
