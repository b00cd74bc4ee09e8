import { masks, trees, without } from '../../harness/spans.mjs'
import { everywhere, traced } from '../../harness/traced.mjs'

export default {
  name: 'Datadog 5',
  covers: 'spans with their parents and tags, printed as they are in Lambda',
  packages: ['dd-trace'],
  apps: everywhere,
  load: {
    NODE_OPTIONS: '--import dd-trace/initialize.mjs',
  },
  env: ({ port }) => ({
    AWS_LAMBDA_FUNCTION_NAME: 'frameworks',
    DD_TRACE_DISABLED_PLUGINS: 'dns,net',
    DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
    UPSTREAM: `http://127.0.0.1:${port}`,
  }),
  visit: traced,
  masks,
  records: ({ printed }) => trees(spansIn(printed)).filter(isRequest),
}

function spansIn(printed) {
  const lines = printed.split('\n').filter((line) => line.startsWith('{"traces"'))
  const spans = lines.flatMap((line) => JSON.parse(line).traces.flat())
  return spans.map(({ span_id: id, parent_id: parent, ...span }) => {
    const { name, resource, type, error, meta } = span
    const tags = without(meta, /^(runtime-id|_dd\.tags\.process|_dd\.p\..*|error\.stack|.*port)$/)
    return { id, parent, shown: { name, resource, type, error, tags } }
  })
}

function isRequest({ tags }) {
  return tags['span.kind'] === 'server'
}
