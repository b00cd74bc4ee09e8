import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import request from 'supertest'
import { afterAll, beforeAll, expect, it } from 'vitest'
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

function rates(serve: Serve): request.Test {
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = upstream.address() as AddressInfo
  return request(served(serve, { upstream: `http://127.0.0.1:${port}` })).get('/rates')
}

it('cuts the connection of a server midway', async () => {
  await expect(rates((app) => app.callback())).rejects.toThrow('aborted')
})

it.each([
  ['single', false],
  ['multi', true],
])('answers 502 in %s-value mode: a load balancer waits for the whole', async (_mode, multi) => {
  const reasons: string[] = []
  const response = await rates((app) =>
    createLoadBalancer({
      target: albHandler(app),
      multiValueHeaders: multi,
      log: ({ errorReason }) => reasons.push(errorReason ?? 'none'),
    }),
  )
  expect(response.status).toBe(502)
  expect(response.text).toContain('<h1>502 Bad Gateway</h1>')
  expect(reasons).toEqual(['LambdaUnhandled'])
})
