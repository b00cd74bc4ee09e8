import { proxied } from '../../harness/proxied.mjs'

export default {
  name: 'http-proxy-middleware',
  covers: `${proxied.covers}; parsed bodies sent on, rewritten responses`,
  packages: ['http-proxy-middleware', 'express'],
  masks: proxied.masks,
  async visit(visitor) {
    await proxied(visitor, { prefix: '/plain', gone: 504 })
    await visitor.ask(201, 'POST /parsed/echo', { json: { name: 'Köln' } })
    await visitor.ask(200, 'GET /loud/stream')
  },
}
