import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import {
  type ApplicationLoadBalancerOptions,
  type LambdaHandler,
  Recorder,
} from '../../src/index.ts'
import { clientCertificate } from '../shared/certificates.ts'
import { send } from '../shared/client.ts'
import { endpoint } from '../shared/endpoint.ts'
import { certificate, httpsOptions } from '../shared/https-listener.ts'
import { connectHttp2, request2, sendTls } from '../shared/tls-clients.ts'
import { type Inspected, inspected } from './inspected.ts'

const isHar = harValidator()

function harValidator(): ValidateFunction {
  const require = createRequire(import.meta.url)
  // Its types say nothing of the schemas.
  const schemas: Record<string, object> = require('har-schema')
  const ajv = new Ajv({ strict: false })
  const draft = require.resolve('ajv/dist/refs/json-schema-draft-06.json')
  ajv.addMetaSchema(JSON.parse(readFileSync(draft, 'utf8')))
  ajv.addSchema(Object.values(schemas))
  addFormats.default(ajv)
  const validate = ajv.getSchema('har.json')
  if (!validate) throw new Error('there is no schema of a HAR')
  return validate
}

/** What HAR 1.2 says against the export of one exchange and of all, masked and not. */
async function faults({ api }: Inspected): Promise<unknown[]> {
  const found: unknown[] = []
  for (const path of ['/har', '/exchanges/1/har', '/har?secrets=shown']) {
    const { json } = await api(path)
    expect(json.log.entries.length).toBeGreaterThan(0)
    isHar(json)
    found.push(...(isHar.errors ?? []))
  }
  return found
}

const hello: LambdaHandler = ({ path }) => {
  if (path === '/broken') throw new Error('broken')
  if (path === '/bytes') return { statusCode: 200, isBase64Encoded: true, body: 'AP8=' }
  if (path === '/moved') return { statusCode: 302, headers: { location: '/?code=secret' } }
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'set-cookie': 'a=1; Path=/' }
  return { statusCode: 200, headers, body: 'hello'.repeat(300) }
}

it.each([
  ['of a text', '/a?b=c&token=secret', { headers: { cookie: 'a=b', referer: 'http://a/?code=1' } }],
  ['of an upload', '/', { method: 'POST', body: 'text' }],
  ['of bytes', '/bytes', { method: 'PUT', body: Buffer.from([0, 255]) }],
  ['of a form', '/', { method: 'POST', body: new URLSearchParams({ a: 'b c', d: 'ä' }) }],
  ['of a body that was cut', '/', { method: 'POST', body: 'ä'.repeat(2000) }],
  ['without a body', '/moved', { method: 'HEAD', redirect: 'manual' }],
  ['of a function that fails', '/broken', {}],
] as const)('is HAR 1.2, %s', async (_, path, init) => {
  const opened = await inspected(hello, { recorder: new Recorder({ bodyBytes: 1001 }) })
  await fetch(`${opened.url}${path}`, init)
  expect(await faults(opened)).toEqual([])
})

it.each([
  'nonsense\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a b<c>"\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  'GET /"<>^`{|}%zz%\xe4\xff?token=\xe4&a[]=#1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a:80\r\nConnection: close\r\n\r\n',
  'GET http://other.example:8080/a?b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET //a/../b HTTP/1.1\r\nHost: [::1]:80\r\nX-Raw: \xe4\xff"\r\nConnection: close\r\n\r\n',
  'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\n\r\n',
])('is HAR 1.2, of %j', async (bytes) => {
  const opened = await inspected(hello)
  await send(Number(new URL(opened.url).port), bytes)
  expect(await faults(opened)).toEqual([])
})

it('is HAR 1.2, of HTTP/2 and a client with a certificate', async () => {
  const client = await clientCertificate(certificate)
  const mutual = { MutualAuthentication: { Mode: 'passthrough' } } as const
  const { recorder: _, ...options } = httpsOptions(mutual, { targets: { api: hello } })
  const opened = await inspected(hello, options)
  await sendTls(opened.url, { tls: client })
  await request2(connectHttp2(opened.url, client), { ':path': '/a', ':authority': 'a.example' })
  expect(await faults(opened)).toEqual([])
  const { entries } = (await opened.api('/har')).json.log
  expect(entries.map(({ request }: { request: object }) => request)).toMatchObject([
    { httpVersion: 'HTTP/1.1', url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/$/) },
    { httpVersion: 'HTTP/2.0', url: 'https://a.example/a' },
  ])
})

it('is HAR 1.2, of a group that speaks another version: 464', async () => {
  const servers = { Api: await endpoint((_, response) => response.end()) }
  const targetGroups: ApplicationLoadBalancerOptions['targetGroups'] = {
    Api: { TargetType: 'ip', ProtocolVersion: 'HTTP2' },
  }
  const opened = await inspected(hello, { servers, targetGroups, targets: {} })
  expect((await fetch(opened.url)).status).toBe(464)
  expect(await faults(opened)).toEqual([])
})

it('is HAR 1.2, of a client that left', async () => {
  let go = (): void => {}
  const opened = await inspected(() => {
    controller.abort()
    return new Promise((resolve) => {
      go = () => resolve({ statusCode: 204 })
    })
  })
  const controller = new AbortController()
  await expect(fetch(opened.url, { signal: controller.signal })).rejects.toThrow('aborted')
  await expect.poll(() => opened.recorder.exchange(1)?.isOver).toBe(true)
  expect(await faults(opened)).toEqual([])
  go()
})
