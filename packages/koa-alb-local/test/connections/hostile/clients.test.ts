import { once } from 'node:events'
import { connect } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AlbEvent } from '../../../src/index.ts'
import { open } from '../../shared/client.ts'
import { answers, observe, request } from '../../shared/observed.ts'

const close = 'Connection: close'
const megabyte = 'x'.repeat(1_000_000)

/** A function that answers when it is told to. */
function held(): {
  handler: (event: AlbEvent) => Promise<unknown>
  called: Promise<void>
  release: () => void
} {
  let release = (): void => {}
  let onCall = (): void => {}
  const called = new Promise<void>((resolve) => {
    onCall = resolve
  })
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const handler = async (): Promise<unknown> => {
    onCall()
    await released
    return { statusCode: 200, body: 'late' }
  }
  return { handler, called, release }
}

describe('a client that is slow', () => {
  it('may send its request byte by byte', async () => {
    const { port, calls } = await observe({ idleTimeoutMs: 1000 })
    const client = await open(port)
    for (const byte of `${request('POST /a', 'Content-Length: 4', close)}body`) {
      client.write(byte)
      await setImmediate()
    }
    expect(answers(await client.closed)).toEqual(['200 /a'])
    expect(calls).toEqual(['POST /a body'])
  })

  it('does not keep others waiting', async () => {
    const { port } = await observe()
    const slow = await open(port)
    slow.write('POST /slow HTTP/1.1\r\nHost: a.exa')
    const quick = await open(port)
    quick.write(request('GET /quick', close))
    expect(answers(await quick.closed)).toEqual(['200 /quick'])
    slow.write('mple\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
    expect(answers(await slow.closed)).toEqual(['200 /slow'])
  })

  it('and takes no answer is cut off after the idle timeout, with 460 on the log', async () => {
    const { port, entries } = await observe({
      idleTimeoutMs: 100,
      handler: () => ({ statusCode: 200, body: megabyte }),
    })
    const socket = connect(port, '127.0.0.1').pause()
    onTestFinished(() => void socket.destroy())
    await once(socket, 'connect')
    // The system buffers megabytes for a client that does not read.
    socket.write(request('GET /').repeat(30))
    await expect.poll(() => entries.at(-1)?.status, { timeout: 10_000 }).toBe(460)
  })
})

describe('a client that leaves', () => {
  it('while the function runs is logged with 460, and the invocation goes on', async () => {
    const { handler, called, release } = held()
    const { port, logged, calls } = await observe({ handler })
    const client = await open(port)
    client.write(request('GET /a'))
    await called
    client.destroy()
    const [entry] = await logged(1)
    expect(entry).toMatchObject({ status: 460, sentBytes: 0, method: 'GET', target: '/a' })
    const before = { ...entry }
    release()
    await setImmediate()
    expect(entry).toEqual(before)
    expect(calls).toEqual(['GET /a'])
  })

  it('takes its waiting requests along', async () => {
    const { handler, called, release } = held()
    const { port, logged, calls, entries } = await observe({ handler })
    const client = await open(port)
    client.write(request('GET /a') + request('GET /b'))
    await called
    client.destroy()
    await logged(1)
    release()
    await setImmediate()
    expect(calls).toEqual(['GET /a'])
    expect(entries).toHaveLength(1)
  })

  it('in the middle of a body is logged with 400', async () => {
    const { port, logged, calls } = await observe()
    const client = await open(port)
    client.write(`${request('POST /a', 'Content-Length: 9', 'Expect: 100-continue')}half`)
    await client.until('100 Continue\r\n\r\n')
    client.destroy()
    expect(await logged(1)).toMatchObject([{ status: 400, target: '/a' }])
    expect(calls).toEqual([])
  })

  it('in the middle of a head is logged with 400', async () => {
    const { port, logged } = await observe()
    const client = await open(port)
    client.write('GET / HTTP/1.1\r\nHo')
    client.end()
    expect(answers(await client.closed)).toEqual(['400 page'])
    expect(await logged(1)).toMatchObject([{ status: 400, method: '-', target: '-' }])
  })

  it('without a word leaves nothing on the log', async () => {
    const { port, entries } = await observe()
    const silent = await open(port)
    silent.end()
    expect(await silent.closed).toBe('')
    const kept = await open(port)
    kept.write(request('GET /a'))
    await kept.until('/a')
    kept.destroy()
    const other = await open(port)
    other.write(request('GET /b', close))
    await other.closed
    expect(entries.map(({ target }) => target)).toEqual(['/a', '/b'])
  })

  it('with the page of a refused upload is logged with its status', async () => {
    const { port, logged } = await observe()
    const client = await open(port)
    client.write(request('POST /a', 'Content-Length: 2000000'))
    expect(answers(await client.until('</html>\r\n'))).toEqual(['413 page'])
    client.destroy()
    expect(await logged(1)).toMatchObject([{ status: 413, target: '/a' }])
  })
})

describe('a client that ends its side', () => {
  it('while the function runs counts as gone: 460', async () => {
    const { handler, called, release } = held()
    const { port, logged } = await observe({ handler })
    const client = await open(port)
    client.write(request('GET /a'))
    await called
    client.end()
    expect(await client.closed).toBe('')
    client.destroy()
    expect(await logged(1)).toMatchObject([{ status: 460, target: '/a' }])
    release()
  })

  it('in the middle of a body gets 400', async () => {
    const { port, logged, calls } = await observe()
    const client = await open(port)
    client.write(`${request('POST /a', 'Transfer-Encoding: chunked')}5\r\nab`)
    client.end()
    expect(answers(await client.until('</html>\r\n'))).toEqual(['400 page'])
    client.destroy()
    expect(await logged(1)).toMatchObject([{ status: 400, target: '/a' }])
    expect(calls).toEqual([])
  })
})

describe('an upload that is too long', () => {
  it.each([
    ['a length', request('POST /a', 'Content-Length: 3000000'), 'x'.repeat(65_536)],
    [
      'chunks',
      request('POST /a', 'Transfer-Encoding: chunked'),
      `10000\r\n${'x'.repeat(65_536)}\r\n`,
    ],
  ])('with %s and no Expect gets 413 while it is sent', async (_what, start, piece) => {
    const { port, calls, logged } = await observe()
    const client = await open(port)
    client.write(start)
    for (let sent = 0; sent < 40; sent += 1) {
      client.write(piece)
      await setImmediate()
    }
    expect(answers(await client.until('</html>\r\n'))).toEqual(['413 page'])
    client.destroy()
    expect(calls).toEqual([])
    expect(await logged(1)).toMatchObject([{ status: 413 }])
  })
})

describe('1,000 connections at once', () => {
  it('are each answered with their own response', async () => {
    let waiting: (() => void)[] = []
    const { port, logged } = await observe({
      handler: async ({ path }) => {
        await new Promise<void>((resolve) => {
          waiting.push(resolve)
          if (waiting.length < 1000) return
          for (const proceed of waiting) proceed()
          waiting = []
        })
        return { statusCode: 200, body: path }
      },
    })
    const clients = await Promise.all(Array.from({ length: 1000 }, () => open(port)))
    for (const [index, client] of clients.entries()) client.write(request(`GET /${index}`, close))
    const received = await Promise.all(clients.map(({ closed }) => closed))
    expect(received.flatMap(answers)).toEqual(clients.map((_client, index) => `200 /${index}`))
    expect(await logged(1000)).toHaveLength(1000)
  })
})
