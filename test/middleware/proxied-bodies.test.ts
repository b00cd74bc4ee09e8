import { once } from 'node:events'
import { Agent, createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import httpProxy from 'http-proxy'
import { type AlbEvent, albHandler } from 'koa-alb'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { context, getEvent } from '../contract/events.ts'

// A body that an app passes on without its framing is the next request on the connection.
const body = 'GET /admin HTTP/1.1\r\nHost: internal\r\n\r\n'

const seen: string[] = []
const upstream = createServer(async (req, res) => {
  seen.push(`${req.method} ${req.url} ${await text(req)}`)
  res.end()
})
/** One connection for all, so that a rest of a request would be seen before the next. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
let target: string

beforeAll(async () => {
  await once(upstream.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  target = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
})

beforeEach(() => void seen.splice(0))

afterAll(() => {
  agent.destroy()
  upstream.closeAllConnections()
  upstream.close()
})

const proxies: Readonly<Record<string, () => RequestListener>> = {
  'http-proxy': () => {
    const proxy = httpProxy.createProxyServer({ target, agent })
    return (req, res) => proxy.web(req, res)
  },
  'req.pipe(http.request())': () => (req, res) => {
    const { method = '', url = '', headers } = req
    req.pipe(request(`${target}${url}`, { method, headers, agent }, (reply) => reply.pipe(res)))
  },
}

const framings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no framing': {},
  'no length': { 'content-length': '0' },
  'a length that is too short': { 'content-length': '3' },
  'a length that is too long': { 'content-length': '300' },
  chunked: { 'transfer-encoding': 'chunked' },
  'a coding that frames nothing': { 'transfer-encoding': 'identity' },
  'a coding and a length': { 'Transfer-Encoding': 'chunked', 'Content-Length': '3' },
}

describe.each(Object.keys(proxies))('behind %s', (name) => {
  describe.each([false, true])('with multi-value headers %s', (isMulti) => {
    it.each(['GET', 'HEAD', 'DELETE', 'POST'])('a body of %s is one request', async (method) => {
      const handler = albHandler(proxies[name]?.() as RequestListener)
      for (const [framing, headers] of Object.entries(framings)) {
        seen.length = 0
        await handler(eventOf(method, headers, isMulti), context)
        await handler(getEvent('/next', isMulti), context)
        expect(seen, framing).toEqual([`${method} /public ${body}`, 'GET /next '])
      }
    })
  })
})

function eventOf(
  httpMethod: string,
  framing: Readonly<Record<string, string>>,
  isMulti: boolean,
): AlbEvent {
  const event = { ...getEvent('/public', isMulti), httpMethod, body }
  const headers = { ...framing, host: 'app.test' }
  if (!isMulti) return { ...event, headers }
  const lists = Object.entries(headers).map(([name, value]) => [name, [value]])
  return { ...event, multiValueHeaders: Object.fromEntries(lists) }
}
