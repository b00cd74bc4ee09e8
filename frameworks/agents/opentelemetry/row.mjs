import { masks, trees, without } from '../../harness/spans.mjs'
import { everywhere, traced } from '../../harness/traced.mjs'

export default {
  name: 'OpenTelemetry',
  covers: 'spans with their parents and attributes, sent by OTLP',
  packages: ['@opentelemetry/auto-instrumentations-node', '@opentelemetry/api'],
  apps: everywhere,
  load: {
    NODE_OPTIONS: [
      '--require @opentelemetry/auto-instrumentations-node/register',
      '--experimental-loader=@opentelemetry/instrumentation/hook.mjs',
    ].join(' '),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
  },
  env: ({ port }) => ({
    OTEL_NODE_RESOURCE_DETECTORS: 'env',
    OTEL_NODE_DISABLED_INSTRUMENTATIONS: 'net,dns,fs',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_BSP_SCHEDULE_DELAY: '100',
    UPSTREAM: `http://127.0.0.1:${port}`,
  }),
  visit: traced,
  masks,
  records: ({ posts }) => trees(spansIn(posts)).filter(({ kind }) => kind === 2),
}

function spansIn(posts) {
  const bodies = posts.filter(({ url }) => url === '/v1/traces').map(({ body }) => JSON.parse(body))
  const scopes = bodies.flatMap((body) => body.resourceSpans.flatMap((each) => each.scopeSpans))
  return scopes.flatMap(({ scope, spans }) => spans.map((span) => toSpan(scope, span)))
}

function toSpan(scope, { spanId, parentSpanId, ...span }) {
  const { name, kind, status, attributes, events } = span
  const pairs = attributes.map(({ key, value }) => [key, Object.values(value)[0]])
  const tags = without(Object.fromEntries(pairs), /port$/)
  const shown = {
    scope: scope.name,
    name,
    kind,
    status,
    tags,
    events: events.map((event) => event.name),
  }
  return { id: spanId, parent: parentSpanId, shown }
}
