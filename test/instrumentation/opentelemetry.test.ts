import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

interface Span {
  readonly name: string
  readonly kind: number
  readonly status: number
  readonly traceId: string
  readonly parent: string
  readonly attributes: Readonly<Record<string, unknown>>
  readonly exceptions: readonly string[]
}
type Visits = Readonly<Record<string, { readonly body: string; readonly spans: readonly Span[] }>>

const SERVER = 1
const ERROR = 2
const TRACE = '0af7651916cd43dd8448eb211c80319c'
const fixture = fileURLToPath(new URL('fixtures/traced.cjs', import.meta.url))
let visitsOf: Readonly<Record<string, Visits>>

// Plain Node, because the hooks must be set before http and koa load; it runs the built package.
beforeAll(async () => {
  const env = { ...process.env, OTEL_SEMCONV_STABILITY_OPT_IN: 'http/dup' }
  const { stdout } = await promisify(execFile)(process.execPath, [fixture], { env })
  visitsOf = JSON.parse(stdout)
})

describe.each(['listen', 'single', 'multi'])('OpenTelemetry over %s', (way) => {
  const spans = (visit: string) => visitsOf[way]?.[visit]?.spans ?? []

  it('sees a server span named after method and route', () => {
    const [server] = spans('part')
    expect(server).toMatchObject({ name: 'GET /parts/:id', kind: SERVER, status: 0 })
  })

  it('sees method, status, URL, client and user agent', () => {
    expect(spans('part')[0]?.attributes).toMatchObject({
      'client.address': '203.0.113.9',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
      'http.route': '/parts/:id',
      'network.protocol.version': '1.1',
      'server.address': 'shop.example',
      'url.path': '/parts/7',
      'url.query': 'full=yes',
      'user_agent.original': 'fixture/1.0',
    })
  })

  it('sees the same under the older attribute names', () => {
    expect(spans('part')[0]?.attributes).toMatchObject({
      'http.client_ip': '203.0.113.9',
      'http.flavor': '1.1',
      'http.host': 'shop.example',
      'http.method': 'GET',
      'http.status_code': 200,
      'http.status_text': 'OK',
      'http.target': '/parts/7?full=yes',
      'http.url': 'http://shop.example/parts/7?full=yes',
      'http.user_agent': 'fixture/1.0',
      'net.transport': 'ip_tcp',
    })
  })

  it('sees each middleware and the route as layers below the server span', () => {
    const [, ...layers] = spans('part').map(({ name, parent }) => ({ name, parent }))
    expect(layers).toEqual([
      { name: 'middleware - log', parent: 'GET /parts/:id' },
      { name: 'router - /parts/:id', parent: 'middleware - log' },
    ])
  })

  it('continues the trace that the client sends in traceparent', () => {
    expect(spans('part')[0]).toMatchObject({ parent: 'b7ad6b7169203331', traceId: TRACE })
    expect(visitsOf[way]?.part?.body).toBe(`{"traceId":"${TRACE}"}`)
  })

  it('marks a 500 as an error, with the exception at the layer that threw', () => {
    const [server, ...layers] = spans('failure')
    expect(server).toMatchObject({ name: 'GET /fails', kind: SERVER, status: ERROR })
    expect(server?.attributes).toMatchObject({ 'http.response.status_code': 500 })
    expect(layers.map(({ exceptions }) => exceptions)).toEqual([['out of parts'], ['out of parts']])
  })

  it('names a span without a route after the method alone', () => {
    const [server] = spans('missing')
    expect(server).toMatchObject({ name: 'GET', kind: SERVER, status: 0 })
    expect(server?.attributes).toMatchObject({ 'http.response.status_code': 404 })
    expect(server?.attributes).not.toHaveProperty('http.route')
  })
})

describe('OpenTelemetry', () => {
  it.each([
    ['listen', '127.0.0.1'],
    ['single', '203.0.113.9'],
    ['multi', '203.0.113.9'],
  ])('sees as peer over %s %s', (way, peer) => {
    const attributes = visitsOf[way]?.part?.spans[0]?.attributes
    expect(attributes).toMatchObject({ 'network.peer.address': peer, 'net.peer.ip': peer })
  })

  it.each(['single', 'multi'])('sees no attribute over %s that app.listen has not', (way) => {
    const names = (of: string) => Object.keys(visitsOf[of]?.part?.spans[0]?.attributes ?? {})
    const ofConnection = ['net.host.ip', 'net.host.port', 'net.peer.port', 'network.peer.port']
    expect([...names(way), ...ofConnection].sort()).toEqual(names('listen').sort())
  })
})
