import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type AlbHandlerOptions, albHandler } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

async function peer(
  headers: Record<string, string>,
  options: AlbHandlerOptions = {},
): Promise<unknown> {
  const handler = albHandler(({ socket }, res) => {
    const { remoteAddress, remotePort, remoteFamily } = socket
    res.end(JSON.stringify({ remoteAddress, remotePort, remoteFamily, ...encryption(socket) }))
  }, options)
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

  it('is nobody with clientAddress none, though the field is there', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1:5000', 'x-forwarded-proto': 'https' }
    expect(await peer(headers, { clientAddress: 'none' })).toEqual({ encrypted: true })
    expect(await peer(headers, { clientAddress: 'x-forwarded-for' })).toEqual({
      remoteAddress: '192.0.2.1',
      remotePort: 5000,
      remoteFamily: 'IPv4',
      encrypted: true,
    })
  })

  it.each([
    ['x-real-ip', RangeError, "'x-real-ip'"],
    ['None', RangeError, "'None'"],
    [false, TypeError, 'false'],
    [null, TypeError, 'null'],
  ])('cannot come from %j', (clientAddress, type, found) => {
    const create = () => albHandler(() => {}, { clientAddress: clientAddress as 'none' })
    expect(create).toThrow(type)
    expect(create).toThrow(`clientAddress must be 'x-forwarded-for' or 'none', found ${found}`)
  })

  it('is encrypted behind an HTTPS listener', async () => {
    expect(await peer({ 'x-forwarded-proto': 'https' })).toEqual({ encrypted: true })
    expect(await peer({ 'x-forwarded-proto': 'http' })).toEqual({})
  })
})

describe('what was written through the response', () => {
  const seen = async (write: RequestListener): Promise<string> =>
    (await albHandler(write)(singleEvent(), context)).body

  it('counts as bytes of the socket: the head, and the body without its framing', async () => {
    const body = await seen((req, res) => {
      res.writeHead(200, { date: '', connection: 'close' })
      res.write('asd')
      setImmediate(() => res.end(String(req.socket.bytesWritten)))
    })
    // HTTP/1.1 200 OK, date, connection, transfer-encoding, an empty line.
    expect(body).toBe(`asd${17 + 8 + 19 + 28 + 2 + 3}`)
  })

  it('waits until the next tick, or until the socket is uncorked', async () => {
    const lengths: number[] = []
    await seen((_req, res) => {
      const observe = () => lengths.push(res.writableLength)
      res.write('head')
      setImmediate(() => {
        res.write('asd')
        observe()
        process.nextTick(() => {
          observe()
          res.cork()
          res.write('as')
          process.nextTick(() => {
            observe()
            res.end()
          })
        })
      })
    })
    expect(lengths).toEqual([3, 0, 2])
  })
})

it('socket.resetAndDestroy() closes the connection without an error', async () => {
  const seen: unknown[] = []
  const handler = albHandler(({ socket }) => {
    socket.on('error', (error) => seen.push(error)).on('close', (hadError) => seen.push(hadError))
    socket.resetAndDestroy()
  })
  await expect(handler(singleEvent(), context)).rejects.toMatchObject({
    code: 'ALB_ERR_CONNECTION_LOST',
  })
  expect(seen).toEqual([false])
})
