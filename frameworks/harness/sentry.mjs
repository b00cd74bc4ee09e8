import { sorted, trees, without } from './spans.mjs'

// Of the machine, of the connection; an event has no address of the server.
const own = /(port|segment\.id|connection|net\.host\.ip|local\.address)$|^(app|device|process|os)\./

export const sentryLoad = { NODE_OPTIONS: '--import ./instrument.mjs' }
export const sentryEnvironment = ({ port }) => ({
  SENTRY_DSN: `http://key@127.0.0.1:${port}/1`,
  UPSTREAM: `http://127.0.0.1:${port}`,
})

/** Streamed spans, transactions and errors. */
export function eventsIn(posts) {
  const items = posts
    .filter(({ url }) => url.includes('/envelope/'))
    .map(({ body }) => body.toString().split('\n').slice(1, 3).map(JSON.parse))
  const ofType = (type) => items.filter(([head]) => head.type === type).map(([, item]) => item)
  const spans = ofType('span').flatMap((item) => item.items)
  return [
    ...trees(spans.map(toStreamedSpan)),
    ...sorted(ofType('transaction').map(toTransaction)),
    ...sorted(ofType('event').map(toError)),
  ]
}

function toStreamedSpan({ span_id: id, parent_span_id: parent, ...span }) {
  const { name, status, attributes } = span
  const kept = without(attributes, own)
  return { id, parent, shown: { name, status, attributes: kept } }
}

function toTransaction({ transaction, request, contexts, spans = [], breadcrumbs = [] }) {
  const { op, origin, status, data } = contexts.trace
  return {
    transaction,
    request: { ...request, headers: without(request.headers, /^connection$/) },
    trace: { op, origin, status, data: without(data, own) },
    spans: trees(spans.map(toSpan)),
    // Express prints an error on a turn of its own, before or after the end of the response.
    breadcrumbs: breadcrumbs
      .filter(({ category }) => category !== 'console')
      .map(({ category, data: about }) => ({ category, ...about })),
  }
}

function toSpan({ span_id: id, parent_span_id: parent, ...span }) {
  const { op, description, origin, status, data } = span
  const kept = without(data, own)
  return { id, parent, shown: { op, description, origin, status, data: kept } }
}

function toError({ transaction, request, exception }) {
  const errors = exception.values.map(({ type, value, mechanism }) => ({ type, value, mechanism }))
  return { transaction, url: request?.url, method: request?.method, errors }
}
