import { proxied } from '../../harness/proxied.mjs'

export default {
  name: 'http-proxy',
  covers: proxied.covers,
  packages: ['http-proxy'],
  masks: proxied.masks,
  visit: proxied,
}
