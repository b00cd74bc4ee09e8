import { basics } from '../../harness/basics.mjs'

export default {
  name: 'Restify',
  covers: basics.covers,
  packages: ['restify'],
  masks: [
    [/request-id: [-\w]+/g, 'request-id: <id>'],
    [/response-time: \d+/g, 'response-time: <ms>'],
  ],
  visit: (visitor) => basics(visitor, { options: 405 }),
}
