import { basics } from '../../harness/basics.mjs'

export default {
  name: 'node:http',
  covers: basics.covers,
  packages: [],
  visit: (visitor) => basics(visitor, { options: 200 }),
}
