import { eventsIn, sentryEnvironment, sentryLoad } from '../../harness/sentry.mjs'
import { masks } from '../../harness/spans.mjs'
import { everywhere, traced } from '../../harness/traced.mjs'

export default {
  name: 'Sentry 10',
  covers: 'transactions with their spans, requests and breadcrumbs; errors',
  packages: ['@sentry/node'],
  apps: everywhere,
  load: sentryLoad,
  env: sentryEnvironment,
  // A 404 is no transaction.
  ignored: 1,
  visit: traced,
  masks,
  records: ({ posts }) => eventsIn(posts),
}
