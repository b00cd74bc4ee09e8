import { bytes, catalog, html, order, receipt, smallJson, text, unicodeHtml } from './fixtures.ts'
import { type Answer, appOf, type Scenario } from './scenario.ts'

const jsonType = 'application/json; charset=utf-8'
const htmlType = 'text/html; charset=utf-8'

const factories: Readonly<Record<string, (id: string) => Scenario>> = {
  json: (id) => get(id, 'small JSON GET', json(smallJson)),
  html: (id) => get(id, '10 KB HTML, ASCII', body(htmlType, Buffer.from(html))),
  'unicode-html': (id) =>
    get(id, '10 KB HTML, not ASCII', body(htmlType, Buffer.from(unicodeHtml))),
  'json-post': (id) => ({
    id,
    title: '1 KB JSON POST, @koa/bodyparser',
    request: post('/orders', 'application/json', Buffer.from(JSON.stringify(order))),
    answer: json({ customer: order.customer.name, lines: order.lines.length }),
  }),
  'binary-post': (id) => upload(id, '100 KB binary POST', 102_400),
  image: (id) => get(id, '256 KB image, Buffer', body('image/png', bytes(262_144))),
  stream: (id) =>
    get(id, '700 KB binary, stream', body('application/octet-stream', bytes(716_800))),
  fields: (id) => ({
    id,
    title: '30 headers, 20 query parameters, 5 cookies',
    request: { method: 'GET', path: '/fields', query: queryPairs(), headers: manyHeaders() },
    answer: json({
      fields: Array.from({ length: 20 }, (_, index) => `value ${index}`),
      query: Object.fromEntries(queryPairs().map(([name]) => [name, `Zoë & Co. ${name.slice(1)}`])),
      cookies: ['cookie-0', 'cookie-1', 'cookie-2', 'cookie-3', 'cookie-4'],
    }),
  }),
  'not-modified': (id) => ({
    id,
    title: 'conditional GET, 304',
    request: { method: 'GET', path: '/', headers: { 'if-none-match': '"v1"' } },
    answer: { status: 304, headers: { etag: '"v1"' }, body: Buffer.alloc(0) },
  }),
  stack: (id) => ({
    id,
    title: 'router with 50 routes, helmet, cors, compress, body parser',
    request: {
      ...post('/resource-37/7', 'application/json', Buffer.from(JSON.stringify(order))),
      headers: {
        'accept-encoding': 'gzip',
        'content-type': 'application/json',
        origin: 'https://shop.example.com',
      },
    },
    answer: {
      ...json({ id: '7', lines: order.lines.length, catalog }),
      headers: {
        'content-type': jsonType,
        'content-encoding': 'gzip',
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      },
    },
  }),
}

export const scenarioIds: readonly string[] = Object.keys(factories)

// Measured besides.

export const overlapLevels: readonly number[] = [1, 10, 100]

/** 1,048,576 bytes are the most a load balancer takes; a document holds a little less text. */
export const growthScenarios: readonly string[] = ['download', 'upload'].flatMap((direction) =>
  [1000, 10_000, 100_000, 1_000_000].map((size) => `${direction}-${size}`),
)

/**
 * One of `scenarioIds`; `overlap`, the small JSON GET of an app that waits for a turn of the event
 * loop; `download-<bytes>` of text and `upload-<bytes>`.
 */
export function toScenario(id: string): Scenario {
  const { name, length } = appOf(id)
  if (name === 'download') return get(id, id, plainText(length))
  if (id.startsWith('upload-')) return upload(id, id, length)
  if (id === 'overlap') return get(id, id, json(smallJson))
  const factory = factories[id]
  if (!factory) throw new RangeError(`no scenario is called ${id}`)
  return factory(id)
}

function get(id: string, title: string, answer: Answer): Scenario {
  return { id, title, request: { method: 'GET', path: '/' }, answer }
}

function upload(id: string, title: string, length: number): Scenario {
  const sent = bytes(length)
  const request = post('/', 'application/octet-stream', sent)
  return { id, title, request, answer: json(receipt(sent)) }
}

function post(path: string, contentType: string, sent: Buffer): Scenario['request'] {
  return { method: 'POST', path, headers: { 'content-type': contentType }, body: sent }
}

function json(value: unknown): Answer {
  return body(jsonType, Buffer.from(JSON.stringify(value)))
}

function plainText(length: number): Answer {
  return body('text/plain; charset=utf-8', Buffer.from(text(length)))
}

function body(contentType: string, content: Buffer): Answer {
  return { status: 200, headers: { 'content-type': contentType }, body: content }
}

function queryPairs(): [string, string][] {
  return Array.from({ length: 20 }, (_, index) => {
    const number = String(index).padStart(2, '0')
    return [`q${number}`, `Zo%C3%AB%20%26%20Co.%20${number}`]
  })
}

/** With those of every request they are 30. */
function manyHeaders(): Record<string, string> {
  const cookies = Array.from({ length: 5 }, (_, index) => `c${index}=cookie-${index}`)
  const fields = Array.from({ length: 20 }, (_, index) => [`x-field-${index}`, `value ${index}`])
  return { cookie: cookies.join('; '), dnt: '1', ...Object.fromEntries(fields) }
}
