import { masks, trees, without } from '../../harness/spans.mjs'
import { everywhere, traced } from '../../harness/traced.mjs'

export default {
  name: 'Elastic APM',
  covers: 'transactions with their context and spans, errors',
  packages: ['elastic-apm-node'],
  apps: everywhere,
  load: {
    NODE_OPTIONS: '--import ./instrument.mjs',
  },
  env: ({ port }) => ({
    ELASTIC_APM_CENTRAL_CONFIG: 'false',
    ELASTIC_APM_CLOUD_PROVIDER: 'none',
    ELASTIC_APM_SERVER_URL: `http://127.0.0.1:${port}`,
    UPSTREAM: `http://127.0.0.1:${port}`,
  }),
  visit: traced,
  masks,
  records: ({ posts }) => trees(eventsIn(posts)),
}

function eventsIn(posts) {
  return posts
    .filter(({ url }) => url === '/intake/v2/events')
    .flatMap(({ body }) => body.toString().trim().split('\n'))
    .map((line) => Object.entries(JSON.parse(line))[0])
    .filter(([kind]) => ['transaction', 'span', 'error'].includes(kind))
    .map(([kind, event]) => toSpan(kind, event))
}

function toSpan(kind, { id, parent_id: parent, ...event }) {
  const { name, type, subtype, result, outcome, context, exception } = event
  const { request, response, ...rest } = context ?? {}
  const shown = { kind, name, type, subtype, result, outcome, message: exception?.message }
  const parts = [request, response].map((part) => part && { ...part, headers: fields(part) })
  return { id, parent, shown: { ...shown, parts, destination: rest.http } }
}

function fields({ headers = {} }) {
  return without(headers, /^(connection|keep-alive|transfer-encoding|x-amzn-trace-id)$/i)
}
