import { describe, expect, it } from 'vitest'
import { eventFor, head, logFor, ok } from '../shared/load-balancer.ts'

const get = (...lines: string[]): string =>
  head('GET / HTTP/1.1', 'Host: a.example', 'Connection: close', ...lines)

const multi = { multiValueHeaders: true }

describe('headers in the event', () => {
  it('have lower-case names sorted by bytes', async () => {
    const { headers } = await eventFor(get('X-b: 1', 'ACCEPT: 2', 'X-A_c: 3', 'X-A-c: 4'))
    expect(Object.keys(headers ?? {})).toEqual([
      'accept',
      'connection',
      'host',
      'x-a-c',
      'x-a_c',
      'x-amzn-trace-id',
      'x-b',
      'x-forwarded-for',
      'x-forwarded-port',
      'x-forwarded-proto',
    ])
  })

  it('are in the field of the mode alone', async () => {
    const single = await eventFor(get())
    expect(single).not.toHaveProperty('multiValueHeaders')
    const many = await eventFor(get(), multi)
    expect(many).not.toHaveProperty('headers')
    expect(many.multiValueHeaders?.host).toHaveLength(1)
  })

  it('keep the last line of a name in single mode', async () => {
    const event = await eventFor(get('Cookie: a=1', 'cookie: b=2', 'X: p, q', 'X: r, s'))
    expect(event.headers).toMatchObject({ cookie: 'b=2', x: 'r, s' })
  })

  it('keep all lines of a name in their order in multi mode, split nowhere', async () => {
    const event = await eventFor(get('Food: veg,pea', 'A: 1', 'Food: veg,celery'), multi)
    expect(event.multiValueHeaders).toMatchObject({ food: ['veg,pea', 'veg,celery'], a: ['1'] })
  })

  it('lose lines without a value in both modes', async () => {
    const request = get('X: 1', 'X:', 'Y: ', 'Content-Encoding:')
    const single = await eventFor(request)
    expect(single.headers).toMatchObject({ x: '1' })
    expect(single.headers).not.toHaveProperty('y')
    const many = await eventFor(request, multi)
    expect(many.multiValueHeaders).toMatchObject({ x: ['1'] })
    expect(many.multiValueHeaders).not.toHaveProperty('content-encoding')
  })

  it('hold UTF-8 as text', async () => {
    expect((await eventFor(get('X: caf\xc3\xa9'))).headers?.x).toBe('café')
  })

  it('cannot hold bytes that are not UTF-8: 502 LambdaBadRequest', async () => {
    const entry = await logFor({ target: ok }, get('X-Name: caf\xe9'))
    expect(entry.status).toBe(502)
    expect(entry.errorReason).toBe('LambdaBadRequest')
    expect(entry.detail).toBe('the request header x-name is not UTF-8')
  })

  it('contain connection as the client sent it', async () => {
    expect((await eventFor(get())).headers?.connection).toBe('close')
  })

  it('contain content-length as the client sent it', async () => {
    const request = get('Content-Type: image/png', 'Content-Length: 4')
    const event = await eventFor(`${request}\x89PNG`)
    expect(event).toMatchObject({ headers: { 'content-length': '4' }, body: 'iVBORw==' })
  })

  it('may have names that objects inherit', async () => {
    const { headers = {} } = await eventFor(get('__proto__: 1', 'constructor: 2'))
    expect(Object.entries(headers)).toContainEqual(['__proto__', '1'])
    expect(Object.entries(headers)).toContainEqual(['constructor', '2'])
  })

  it('are complete when there are thousands', async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => `X-${index}: 1`)
    const { headers = {} } = await eventFor(get(...lines))
    expect(Object.keys(headers)).toHaveLength(3006)
  })
})
