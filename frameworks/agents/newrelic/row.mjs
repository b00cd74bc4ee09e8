import { masks, trees, without } from '../../harness/spans.mjs'
import { everywhere, traced } from '../../harness/traced.mjs'

export default {
  name: 'New Relic',
  covers: 'transactions and spans with their attributes, as the agent holds them',
  packages: ['newrelic'],
  apps: everywhere,
  load: {
    NODE_OPTIONS: '--require newrelic --experimental-loader=newrelic/esm-loader.mjs',
    NEW_RELIC_SERVERLESS_MODE_ENABLED: 'true',
  },
  env: ({ port }) => ({
    NEW_RELIC_APP_NAME: 'frameworks',
    NEW_RELIC_ACCOUNT_ID: '1',
    NEW_RELIC_PRIMARY_APPLICATION_ID: '1',
    NEW_RELIC_TRUSTED_ACCOUNT_KEY: '1',
    UPSTREAM: `http://127.0.0.1:${port}`,
  }),
  visit: traced,
  masks,
  records: ({ inside }) =>
    trees(inside.transactions.map(toTransaction).concat(inside.spans.map(toSpan))),
}

function toTransaction([{ name, error, externalCallCount, guid: id }, , attributes]) {
  return { id, shown: { name, error, externalCallCount, attributes: kept(attributes) } }
}

function toSpan([span, , attributes]) {
  const { name, category, transactionId, guid, parentId } = span
  const shown = { name, category, attributes: kept(attributes) }
  return { id: guid, parent: parentId ?? transactionId, shown }
}

function kept(attributes) {
  return without(attributes, /port$|headers\.connection|stack|duration/)
}
