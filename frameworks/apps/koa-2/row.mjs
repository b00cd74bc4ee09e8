import { basics } from '../../harness/basics.mjs'

export default {
  name: 'Koa 2',
  covers: basics.covers,
  packages: ['koa', 'koa-router', 'koa-bodyparser'],
  visit: basics,
}
