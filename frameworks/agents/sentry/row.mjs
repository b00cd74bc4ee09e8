import { eventsIn, sentryEnvironment, sentryLoad } from '../../harness/sentry.mjs'
import { masks } from '../../harness/spans.mjs'
import { everywhere, traced } from '../../harness/traced.mjs'

export default {
  name: 'Sentry',
  covers: 'spans with their parents and attributes, errors',
  packages: ['@sentry/node'],
  apps: everywhere,
  load: sentryLoad,
  env: sentryEnvironment,
  visit: traced,
  masks,
  records: ({ posts }) => eventsIn(posts),
}
