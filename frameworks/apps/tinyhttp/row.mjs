import { basics } from '../../harness/basics.mjs'

export default {
  name: 'tinyhttp',
  covers: basics.covers,
  packages: ['@tinyhttp/app', 'milliparsec'],
  visit: basics,
}
