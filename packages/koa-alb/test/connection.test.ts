import { describe, expect, it } from 'vitest'
import { albHandler } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

async function peer(headers: Record<string, string>): Promise<unknown> {
  const handler = albHandler(({ socket }, res) => {
    const { remoteAddress, remotePort, remoteFamily } = socket
    res.end(JSON.stringify({ remoteAddress, remotePort, remoteFamily, ...encryption(socket) }))
  })
  return JSON.parse((await handler(singleEvent({ headers }), context)).body)
}

const encryption = (socket: object) =>
  'encrypted' in socket ? { encrypted: socket.encrypted } : {}

describe('the client end of the socket', () => {
  it('is the entry the load balancer appended', async () => {
    expect(await peer({ 'x-forwarded-for': '203.0.113.7, 198.51.100.2' })).toEqual({
      remoteAddress: '198.51.100.2',
      remoteFamily: 'IPv4',
    })
  })

  it('has the port when client ports are on', async () => {
    expect(await peer({ 'x-forwarded-for': '192.0.2.1:5000' })).toEqual({
      remoteAddress: '192.0.2.1',
      remotePort: 5000,
      remoteFamily: 'IPv4',
    })
    expect(await peer({ 'x-forwarded-for': 'a, [2001:db8::1]:443' })).toEqual({
      remoteAddress: '2001:db8::1',
      remotePort: 443,
      remoteFamily: 'IPv6',
    })
  })

  it('is an IPv6 address without port as it stands', async () => {
    expect(await peer({ 'x-forwarded-for': '2001:db8::1' })).toEqual({
      remoteAddress: '2001:db8::1',
      remoteFamily: 'IPv6',
    })
  })

  it.each([{ 'x-forwarded-for': 'unknown' }, { 'user-agent': 'ELB-HealthChecker/2.0' }])(
    'is unknown with %j',
    async (headers) => expect(await peer(headers)).toEqual({}),
  )

  it('is encrypted behind an HTTPS listener', async () => {
    expect(await peer({ 'x-forwarded-proto': 'https' })).toEqual({ encrypted: true })
    expect(await peer({ 'x-forwarded-proto': 'http' })).toEqual({})
  })
})
