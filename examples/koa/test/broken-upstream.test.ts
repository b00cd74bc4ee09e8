import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import request from 'supertest'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createApp } from '../src/app.ts'
import { type Serve, served } from './suite/serve.ts'

let upstream: Server
beforeAll(async () => {
  upstream = createServer((_req, res) => {
    res.writeHead(200, { 'content-length': 100 })
    res.write('half', () => res.destroy())
  }).listen(0, '127.0.0.1')
  await once(upstream, 'listening')
})
afterAll(() => upstream.close())

async function rates(serve: Serve, log?: (line: string) => void): Promise<request.Response> {
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = upstream.address() as AddressInfo
  const options = { upstream: `http://127.0.0.1:${port}`, ...(log && { log }) }
  return request(await served(serve, options)).get('/rates')
}

it('cuts the connection of a server midway', async () => {
  await expect(rates((options) => createApp(options).callback())).rejects.toThrow('aborted')
})

it.each([
  ['single', false],
  ['multi', true],
])('answers 502 in %s-value mode: a load balancer waits for the whole', async (_mode, multi) => {
  const reasons: string[] = []
  const response = await rates((options) =>
    createLoadBalancer({
      target: albHandler(createApp(options)),
      multiValueHeaders: multi,
      log: ({ errorReason }) => reasons.push(errorReason ?? 'none'),
    }),
  )
  expect(response.status).toBe(502)
  expect(response.text).toContain('<h1>502 Bad Gateway</h1>')
  expect(reasons).toEqual(['LambdaUnhandled'])
})

it.each<[string, Serve]>([
  ['app.listen', (options) => createApp(options).callback()],
  [
    'the load balancer',
    (options) => createLoadBalancer({ target: albHandler(createApp(options)), log: () => {} }),
  ],
])('logs the aborted response behind %s', async (_name, serve) => {
  const lines: string[] = []
  await rates(serve, (line) => lines.push(line)).catch(() => {})
  await vi.waitFor(() => expect(lines).toHaveLength(1))
  expect(lines[0]).toMatch(/^GET \/rates aborted \d+ms$/)
})
