import { basics } from '../../harness/basics.mjs'

export default {
  name: 'Connect',
  covers: `${basics.covers}; cookie sessions, an access log`,
  packages: ['connect', 'body-parser', 'cookie-session', 'morgan'],
  async visit(visitor) {
    await basics(visitor, { options: 200 })
    await visitor.ask(200, 'GET /count')
    await visitor.ask(200, 'GET /count')
    await visitor.ask(200, 'GET /log')
  },
}
