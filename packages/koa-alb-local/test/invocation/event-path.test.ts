import { describe, expect, it } from 'vitest'
import { eventFor, head } from '../shared/load-balancer.ts'

const get = (target: string): string =>
  head(`GET ${target} HTTP/1.1`, 'Host: a.example', 'Connection: close')

describe('the path in the event', () => {
  it.each([
    ['/pp%C2%A5pp', '/pp%C2%A5pp'],
    ['/capture/space%20value', '/capture/space%20value'],
    ['/a%2fb%zz%', '/a%2fb%zz%'],
    ['//application//api', '//application//api'],
    ['/a/../b/./c', '/a/../b/./c'],
    ['/a+b', '/a+b'],
    ['/', '/'],
  ])('stays as sent: %s', async (target, path) => {
    expect((await eventFor(get(target))).path).toBe(path)
  })

  it('ends before the first question mark', async () => {
    const event = await eventFor(get('/a?b=/c?d'))
    expect(event.path).toBe('/a')
    expect(event.queryStringParameters).toEqual({ b: '/c?d' })
  })

  it('is the path of an absolute request target, whose authority becomes the host', async () => {
    const event = await eventFor(get('http://user@Other.example:81/x?y=1'), {
      listener: { Port: 8080 },
    })
    expect(event.path).toBe('/x')
    expect(event.headers?.host).toBe('other.example:81')
    expect(event.queryStringParameters).toEqual({ y: '1' })
  })

  it('is / for an absolute request target without a path', async () => {
    expect((await eventFor(get('http://other.example'))).path).toBe('/')
  })

  it('is * for OPTIONS *', async () => {
    const request = head('OPTIONS * HTTP/1.1', 'Host: a.example', 'Connection: close')
    const event = await eventFor(request)
    expect(event.httpMethod).toBe('OPTIONS')
    expect(event.path).toBe('*')
  })
})
