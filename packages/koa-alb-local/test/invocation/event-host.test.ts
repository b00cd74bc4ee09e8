import { describe, expect, it } from 'vitest'
import { eventFor, head } from '../shared/load-balancer.ts'

async function hostFor(host: string, port: number): Promise<string | undefined> {
  const request = head('GET / HTTP/1.1', `Host: ${host}`, 'Connection: close')
  return (await eventFor(request, { listener: { Port: port } })).headers?.host
}

describe('host in the event', () => {
  it('is lower case', async () => {
    expect(await hostFor('API.Example.COM', 80)).toBe('api.example.com')
  })

  it('is UTF-8 text', async () => {
    expect(await hostFor('M\xc3\xbcnchen.example', 80)).toBe('münchen.example')
  })

  it.each([80, 443])('loses any port on listener port %i', async (port) => {
    expect(await hostFor('a.example:8080', port)).toBe('a.example')
    expect(await hostFor('[::1]:8080', port)).toBe('[::1]')
  })

  it('gets the port of any other listener when it has none', async () => {
    expect(await hostFor('a.example', 8080)).toBe('a.example:8080')
    expect(await hostFor('[::1]', 8080)).toBe('[::1]:8080')
  })

  it('keeps its port on any other listener', async () => {
    expect(await hostFor('a.example:9', 8080)).toBe('a.example:9')
  })

  it('is the first of several', async () => {
    expect(await hostFor('first.example\r\nHost: second.example', 80)).toBe('first.example')
  })

  it('is the name of the load balancer for HTTP/1.0 without a host', async () => {
    const event = await eventFor(head('GET / HTTP/1.0'), { listener: { Port: 80 } })
    expect(event.headers?.host).toBe('koa-alb-local-1234567890.us-east-1.elb.amazonaws.com')
  })
})
