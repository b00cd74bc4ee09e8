import { proxied } from '../../harness/proxied.mjs'

export default {
  name: 'http-proxy-3',
  covers: proxied.covers,
  packages: ['http-proxy-3'],
  masks: proxied.masks,
  visit: proxied,
}
