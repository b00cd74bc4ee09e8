import { describe, expect, it } from 'vitest'
import { open, send } from '../../shared/client.ts'
import { answers, observe, request } from '../../shared/observed.ts'

const close = 'Connection: close'
const chunked = 'Transfer-Encoding: chunked'

describe('pipelined requests', () => {
  it('reach the function one after another', async () => {
    let running = 0
    let most = 0
    const { port, calls } = await observe({
      handler: async ({ path }) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        return { statusCode: 200, body: path }
      },
    })
    const paths = ['/a', '/b', '/c', '/d']
    const received = await send(
      port,
      paths.map((path) => request(`GET ${path}`)).join('') + request('GET /e', close),
    )
    expect(answers(received)).toEqual(['200 /a', '200 /b', '200 /c', '200 /d', '200 /e'])
    expect(calls).toEqual(['GET /a', 'GET /b', 'GET /c', 'GET /d', 'GET /e'])
    expect(most).toBe(1)
  })

  it('are all answered when the client sends many before it reads', async () => {
    const { port, calls } = await observe({
      handler: () => ({ statusCode: 200, headers: {}, body: 'x'.repeat(100_000) }),
    })
    const many = Array.from({ length: 300 }, (_none, index) =>
      index % 3 === 0 ? `${request('POST /p', 'Content-Length: 3')}abc` : request('GET /a b'),
    )
    const received = await send(port, many.join('') + request('GET /last', close))
    expect(calls).toHaveLength(301)
    expect(received.match(/HTTP\/1\.1 200 /g)).toHaveLength(301)
  })

  it('are answered in order, failures in between, each with one log entry', async () => {
    const { port, logged } = await observe({
      handler: async ({ path }) => {
        if (path === '/throws') throw new Error('boom')
        if (path === '/broken') return { statusCode: 200, headers: { x: 'a\r\nb' } }
        return { statusCode: 200, body: path }
      },
    })
    const received = await send(
      port,
      request('GET /a') +
        request('GET /throws') +
        request('TRACE /b') +
        request('GET /broken') +
        request('GET /c', `X-Forwarded-For: ${'1,'.repeat(31)}`) +
        request('POST /d', 'Content-Length: 4', close) +
        'body',
    )
    const statuses = ['200 /a', '502 page', '405 page', '502 page', '463 page', '200 /d']
    expect(answers(received)).toEqual(statuses)
    expect((await logged(6)).map(({ status, target }) => `${status} ${target}`)).toEqual([
      '200 /a',
      '502 /throws',
      '405 /b',
      '502 /broken',
      '463 /c',
      '200 /d',
    ])
  })

  it('may be many at once', async () => {
    const { port, entries } = await observe()
    const received = await send(
      port,
      request('POST /x', 'Content-Length: 1').concat('a').repeat(299) + request('GET /y', close),
    )
    expect(answers(received)).toEqual([...Array(299).fill('200 /x'), '200 /y'])
    expect(entries).toHaveLength(300)
  })

  it.each([
    ['Connection: close', request('GET /a', close), '200 /a'],
    ['Proxy-Connection: close', request('GET /a', 'Proxy-Connection: close'), '200 /a'],
    ['HTTP/1.0', 'GET /a HTTP/1.0\r\n\r\n', '200 /a'],
    ['a GET with a body', `${request('GET /a', 'Content-Length: 1')}b`, '200 /a'],
    ['a HEAD with chunks', `${request('HEAD /a', chunked)}0\r\n\r\n`, '200 '],
    ['a header like Content-Length', request('GET /a', 'Content_Length: 9'), '200 /a'],
    ['no host', 'GET /a HTTP/1.1\r\n\r\n', '400 page'],
    ['an upgrade', request('GET /a', 'Connection: upgrade', 'Upgrade: h2c'), '400 page'],
    ['CONNECT', request('CONNECT a.example:80'), '400 page'],
    ['a coding', `${request('POST /a', 'Transfer-Encoding: gzip, chunked')}0\r\n\r\n`, '501 page'],
    ['a broken chunk', `${request('POST /a', chunked)}x\r\n`, '400 page'],
    ['a huge length', request('POST /a', 'Content-Length: 1048577'), '413 page'],
    ['a long target', request(`GET /${'a'.repeat(16_400)}`), '414 page'],
    ['nonsense', 'nonsense\r\n\r\n', '400 page'],
  ])('behind %s are no requests any more', async (_what, first, answer) => {
    const { port, calls, logged } = await observe()
    const client = await open(port)
    client.write(request('GET /first') + first + request('GET /smuggled'))
    expect(answers(await client.closed)).toEqual(['200 /first', answer])
    expect(calls).not.toContain('GET /smuggled')
    expect(await logged(2)).toHaveLength(2)
  })

  it('whose last body breaks off get their answers first', async () => {
    const { port, calls } = await observe()
    const received = await send(
      port,
      `${request('GET /a')}${request('POST /b', chunked)}1\r\nx\r\nzz\r\n`,
    )
    expect(answers(received)).toEqual(['200 /a', '400 page'])
    expect(calls).toEqual(['GET /a'])
  })

  it('get 100 Continue in their turn', async () => {
    const { port } = await observe()
    const expecting = request('POST /b', 'Expect: 100-continue', 'Content-Length: 1', close)
    const received = await send(port, `${request('GET /a')}${expecting}x`)
    expect(received.match(/HTTP\/1\.1 \d+|\/[ab]/g)).toEqual([
      'HTTP/1.1 200',
      '/a',
      'HTTP/1.1 100',
      'HTTP/1.1 200',
      '/b',
    ])
  })
})
