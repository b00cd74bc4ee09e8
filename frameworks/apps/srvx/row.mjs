import { basics } from '../../harness/basics.mjs'

export default {
  name: 'srvx, any fetch handler',
  covers: basics.covers,
  packages: ['srvx'],
  visit: (visitor) => basics(visitor, { options: 200 }),
}
