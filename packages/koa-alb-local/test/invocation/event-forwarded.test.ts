import { describe, expect, it } from 'vitest'
import { eventFor, head } from '../shared/load-balancer.ts'

const get = (...lines: string[]): string =>
  head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close', ...lines)

describe('forwarded headers in the event', () => {
  it('name the client, the port and the scheme of the listener', async () => {
    const event = await eventFor(get(), { listener: { Port: 443, Protocol: 'HTTPS' } })
    expect(event.headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    })
  })

  it('name the port of the server when the listener says nothing', async () => {
    const event = await eventFor(get())
    expect(event.headers?.host).toBe(`a.example:${event.headers?.['x-forwarded-port']}`)
    expect(event.headers?.['x-forwarded-proto']).toBe('http')
  })

  it('append the client to the addresses it sent', async () => {
    const event = await eventFor(get('X-Forwarded-For: 203.0.113.7, 198.51.100.1'))
    expect(event.headers?.['x-forwarded-for']).toBe('203.0.113.7, 198.51.100.1, 127.0.0.1')
  })

  it('are one line of addresses, also from several lines', async () => {
    const event = await eventFor(get('X-Forwarded-For: 192.0.2.1', 'X-Forwarded-For: 192.0.2.2'), {
      multiValueHeaders: true,
    })
    expect(event.multiValueHeaders?.['x-forwarded-for']).toEqual([
      '192.0.2.1, 192.0.2.2, 127.0.0.1',
    ])
  })

  it('replace what the client says of port and scheme', async () => {
    const request = get('X-Forwarded-Proto: https', 'X-Forwarded-Port: 1')
    const event = await eventFor(request, { listener: { Port: 80 } })
    expect(event.headers).toMatchObject({ 'x-forwarded-port': '80', 'x-forwarded-proto': 'http' })
  })

  it('contain no via and no x-forwarded-host', async () => {
    const { headers } = await eventFor(get())
    expect(headers).not.toHaveProperty('via')
    expect(headers).not.toHaveProperty('x-forwarded-host')
  })
})

describe('x-amzn-trace-id in the event', () => {
  const traceFor = async (...lines: string[]): Promise<string | undefined> =>
    (await eventFor(get(...lines))).headers?.['x-amzn-trace-id']

  it('is a new root', async () => {
    expect(await traceFor()).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
  })

  it('gets Self in front of a root that the client sent', async () => {
    expect(await traceFor('X-Amzn-Trace-Id: Root=1-a-b;CalledFrom=app')).toMatch(
      /^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-a-b;CalledFrom=app$/,
    )
  })

  it('gets a new Self in place of one that the client sent', async () => {
    expect(await traceFor('X-Amzn-Trace-Id: Self=1-c-d;Root=1-a-b')).toMatch(
      /^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-a-b$/,
    )
  })

  it('gets a root in front of other fields', async () => {
    expect(await traceFor('X-Amzn-Trace-Id: CalledFrom=app')).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};CalledFrom=app$/,
    )
  })

  it('is a new root when the headers take over 7 KB', async () => {
    const trace = await traceFor('X-Amzn-Trace-Id: Root=1-a-b', `X: ${'x'.repeat(7 * 1024)}`)
    expect(trace).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/)
  })
})
