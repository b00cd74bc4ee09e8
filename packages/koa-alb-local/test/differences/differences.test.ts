import { readFile } from 'node:fs/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createObservedLoadBalancer } from '../../src/application-load-balancer.ts'
import { type DifferenceKey, differenceKeys } from '../../src/differences/difference.ts'
import { differencesOf } from '../../src/differences/differences.ts'
import type { Attribute } from '../../src/index.ts'
import type { Observation } from '../../src/log/observation.ts'
import { forward, optionsWith, urlOf } from '../shared/application-load-balancer.ts'
import { send } from '../shared/client.ts'
import { head } from '../shared/load-balancer.ts'

interface Given {
  readonly request?: string
  readonly document?: unknown
  readonly multi?: boolean
  readonly ofListener?: readonly Attribute[]
  readonly ofLoadBalancer?: readonly Attribute[]
}

const typed = { headers: { 'content-type': 'text/plain' } }

/** What is found about one exchange, each as `key: sentence`. */
async function found(given: Given): Promise<string[]> {
  const { document = { statusCode: 200, ...typed }, multi = false } = given
  const { request = get('/'), ofListener = [], ofLoadBalancer = [] } = given
  let observe = (_entry: unknown, _observation: Observation): void => {}
  const observed = new Promise<Observation>((resolve) => {
    observe = (_, observation) => resolve(observation)
  })
  const Value = String(multi)
  const options = optionsWith({
    loadBalancer: { LoadBalancerAttributes: ofLoadBalancer },
    listeners: {
      Web: {
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [forward('Api')],
        ListenerAttributes: ofListener,
      },
    },
    targetGroups: {
      Api: {
        TargetType: 'lambda',
        Targets: [{ Id: 'api' }],
        TargetGroupAttributes: [{ Key: 'lambda.multi_value_headers.enabled', Value }],
      },
    },
    targets: { api: () => document },
  })
  const loadBalancer = createObservedLoadBalancer(options, {
    observer: { end: (...all) => observe(...all) },
  })
  await loadBalancer.listen({ ports: { Web: 0 } })
  onTestFinished(() => loadBalancer.close())
  await send(Number(new URL(urlOf(loadBalancer)).port), request)
  return differencesOf(await observed).map(({ key, sentence }) => `${key}: ${sentence}`)
}

function get(target: string, ...lines: string[]): string {
  return head(`GET ${target} HTTP/1.1`, 'Host: a.example', 'Connection: close', ...lines)
}

function attribute(Key: string, Value: string): readonly Attribute[] {
  return [{ Key, Value }]
}

const requests: [DifferenceKey, string, Given][] = [
  [
    'repeated-query-keys',
    'of query key a and b only the last value arrives: multi-value headers are off',
    { request: get('/?a=1&a=2&b=3&b=4') },
  ],
  [
    'keys-without-equals',
    'query key a without an equals sign arrives with one',
    { request: get('/?a') },
  ],
  [
    'empty-query-pairs',
    'the empty pairs of the query do not arrive',
    { request: get('/?a=1&&b=2') },
  ],
  ['empty-query-pairs', 'the empty pairs of the query do not arrive', { request: get('/?') }],
  [
    'sorted-query-keys',
    'the keys of the query arrive sorted by their bytes',
    { request: get('/?b=1&a=2'), multi: true, document: { statusCode: 204 } },
  ],
  [
    'absolute-targets',
    'the absolute request target arrives as path and host',
    { request: get('http://b.example/a') },
  ],
  [
    'repeated-header-lines',
    'of the header lines cookie only the last one arrives: multi-value headers are off',
    { request: get('/', 'Cookie: a=1', 'Cookie: b=2') },
  ],
  [
    'empty-header-lines',
    'header lines without a value do not arrive: x-empty',
    { request: get('/', 'X-Empty:') },
  ],
  [
    'invalid-header-names',
    'header lines with such names are dropped: x_odd',
    {
      request: get('/', 'X_Odd: 1'),
      ofLoadBalancer: attribute('routing.http.drop_invalid_header_fields.enabled', 'true'),
    },
  ],
  ['repeated-hosts', 'of several lines host one arrives', { request: get('/', 'Host: b.example') }],
  [
    'forwarded-for-lines',
    'the lines x-forwarded-for arrive as one',
    { request: get('/', 'X-Forwarded-For: 192.0.2.1', 'X-Forwarded-For: 192.0.2.2') },
  ],
  [
    'forwarded-for-removed',
    'x-forwarded-for is removed, as the attribute says',
    {
      request: get('/', 'X-Forwarded-For: 192.0.2.1'),
      ofLoadBalancer: attribute('routing.http.xff_header_processing.mode', 'remove'),
    },
  ],
  [
    'replaced-header-lines',
    'the load balancer writes x-forwarded-proto itself',
    { request: get('/', 'X-Forwarded-Proto: https') },
  ],
  [
    'ignored-expect',
    'expect does not arrive',
    { request: get('/', 'Expect: something', 'Content-Length: 0') },
  ],
  [
    'collected-chunks',
    'the body arrives whole, with its length: transfer-encoding',
    { request: `${get('/', 'Transfer-Encoding: chunked')}1\r\na\r\n0\r\n\r\n` },
  ],
]

const responses: [DifferenceKey, string, Given][] = [
  [
    'header-fields-of-the-other-mode',
    'multiValueHeaders of the document is not read, multi-value headers are off: set-cookie is lost',
    {
      document: { statusCode: 200, ...typed, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] } },
    },
  ],
  [
    'header-fields-of-the-other-mode',
    'headers of the document is not read, multi-value headers are on: content-type and x-a is lost',
    {
      document: { statusCode: 204, headers: { 'content-type': 'text/plain', 'X-A': '1' } },
      multi: true,
    },
  ],
  [
    'unknown-document-fields',
    'a load balancer does not read the field cookies of the document',
    { document: { statusCode: 200, ...typed, cookies: ['a=1'] } },
  ],
  [
    'unread-status-descriptions',
    'statusDescription is not code, space and phrase',
    { document: { statusCode: 200, statusDescription: 'Fine', ...typed } },
  ],
  [
    'hop-by-hop-fields',
    'keep-alive is not sent: it is about a connection',
    { document: { statusCode: 204, headers: { 'Keep-Alive': 'timeout=5' } } },
  ],
  [
    'computed-content-length',
    'content-length is computed: it was 9, not 2',
    {
      document: {
        statusCode: 200,
        headers: { ...typed.headers, 'content-length': '9' },
        body: 'ok',
      },
    },
  ],
  [
    'missing-content-types',
    'the response has no content type, and goes as application/octet-stream',
    { document: { statusCode: 200 } },
  ],
  [
    'responses-without-a-body',
    'the body of a 204 is not sent',
    { document: { statusCode: 204, body: 'ok' } },
  ],
  [
    'changed-response-headers',
    'the listener has other values for x-frame-options, or none',
    {
      document: { statusCode: 204, headers: { 'X-Frame-Options': 'DENY' } },
      ofListener: attribute('routing.http.response.x_frame_options.header_value', 'SAMEORIGIN'),
    },
  ],
]

describe('differences between', () => {
  it.each(requests)('request and event are told: %s', async (key, sentence, given) => {
    expect(await found(given)).toEqual([`${key}: ${sentence}`])
  })

  it.each(responses)('document and response are told: %s', async (key, sentence, given) => {
    expect(await found(given)).toEqual([`${key}: ${sentence}`])
  })

  it.each([
    ['a plain request and its answer', {}],
    ['a repeated key with multi-value headers on', { request: get('/?a=1&a=2'), multi: true }],
    [
      'a function that fills both fields alike',
      { document: { statusCode: 200, ...typed, multiValueHeaders: { 'content-type': ['a/b'] } } },
    ],
    ['a document that is refused', { document: { statusCode: '200', cookies: [] } }],
  ])('%s are none', async (_name, given) => {
    const document = { statusCode: 200, multiValueHeaders: { 'content-type': ['text/plain'] } }
    expect(await found({ ...('multi' in given && { document }), ...given })).toEqual([])
  })

  it('names no more than five, and how many more there are', async () => {
    const target = `/?${'abcdefg'.replace(/./g, (key) => `${key}=1&${key}=2&`).slice(0, -1)}`
    const [line] = await found({ request: get(target) })
    expect(line).toMatch(/of query key a, b, c, d, e and 2 more only/)
  })
})

it.each(differenceKeys)('docs/alb-behaviour.md has one row for %s', async (key) => {
  const page = new URL('../../../../docs/alb-behaviour.md', import.meta.url)
  const anchors = (await readFile(page, 'utf8')).match(/^\| <a id="[a-z-]+">/gm) ?? []
  expect(anchors.filter((anchor) => anchor === `| <a id="${key}">`)).toHaveLength(1)
})
