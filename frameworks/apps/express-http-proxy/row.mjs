import { proxied } from '../../harness/proxied.mjs'

export default {
  name: 'express-http-proxy',
  covers: proxied.covers,
  packages: ['express-http-proxy', 'express'],
  masks: proxied.masks,
  visit: (visitor) => proxied(visitor, { gone: 504 }),
}
