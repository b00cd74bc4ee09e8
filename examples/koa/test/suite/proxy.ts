import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import request from 'supertest'
import { afterEach, expect, it } from 'vitest'
import { createRatesService } from '../../src/rates.ts'
import { type Serve, type Served, served } from './serve.ts'

export function proxyCases(serve: Serve): void {
  let upstream: Server | undefined
  afterEach(() => upstream?.close())

  async function servedWith(service: Server): Promise<Served> {
    upstream = service.listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    // A server that listens on a TCP port has an AddressInfo.
    const { port } = upstream.address() as AddressInfo
    return served(serve, { upstream: `http://127.0.0.1:${port}` })
  }

  it('passes on the request and the response', async () => {
    const server = await servedWith(createRatesService())
    const response = await request(server).get('/rates/today?base=EUR')
    expect(response.status).toBe(200)
    expect(response.headers['x-served-by']).toBe('rates')
    expect(response.body).toEqual({
      path: '/rates/today?base=EUR',
      EUR: 1,
      USD: 1.08,
      JPY: 163.2,
    })
  })

  it('passes on binary bodies', async () => {
    const server = await servedWith(createRatesService())
    const body = Buffer.from([0, 255, 128, 10, 13, 195, 40])
    const response = await request(server)
      .post('/rates')
      .type('application/octet-stream')
      .send(body)
      .responseType('blob')
    expect(response.status).toBe(202)
    expect(response.headers['content-type']).toBe('application/octet-stream')
    expect(response.body).toEqual(body)
  })

  it('leaves paths that only begin alike to the app', async () => {
    const response = await request(await served(serve)).get('/ratesheet')
    expect(response.status).toBe(404)
    expect(response.text).toBe('Not Found')
  })

  it('answers 502 when the upstream cannot be reached', async () => {
    const response = await request(await served(serve)).get('/rates')
    expect(response.status).toBe(502)
    expect(response.text).toBe('The upstream cannot be reached')
  })
}
