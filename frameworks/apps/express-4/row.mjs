import { basics } from '../../harness/basics.mjs'

export default {
  name: 'Express 4',
  covers: basics.covers,
  packages: ['express'],
  visit: (visitor) => basics(visitor, { options: 200 }),
}
