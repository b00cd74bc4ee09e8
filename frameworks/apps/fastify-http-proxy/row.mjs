import { proxied } from '../../harness/proxied.mjs'

export default {
  name: '@fastify/http-proxy',
  covers: proxied.covers,
  packages: ['@fastify/http-proxy', 'fastify'],
  masks: proxied.masks,
  visit: (visitor) => proxied(visitor, { gone: 500 }),
}
