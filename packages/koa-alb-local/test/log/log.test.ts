import { once } from 'node:events'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createLoadBalancer, type LogEntry } from '../../src/index.ts'
import { open, send } from '../shared/client.ts'
import { head, logFor, start } from '../shared/load-balancer.ts'

describe('the log entry', () => {
  it('tells of a request that was answered', async () => {
    const request = head(
      'POST /a?b HTTP/1.1',
      'Host: A.example',
      'User-Agent: probe',
      'Content-Length: 2',
      'Connection: close',
    )
    const { received, ...entry } = await logFor(
      { target: () => ({ statusCode: 201, body: 'ok' }), targetGroupArn: 'arn:tg' },
      `${request}hi`,
    )
    expect(entry).toEqual({
      type: 'http',
      requestedAt: expect.any(Date),
      answeredAt: expect.any(Date),
      client: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      listenerPort: expect.any(Number),
      localAddress: '127.0.0.1',
      loadBalancer: expect.stringMatching(/^app\/koa-alb-local\/[0-9a-f]{16}$/),
      connectionTraceId: expect.stringMatching(/^TID_[0-9a-f]{32}$/),
      rulePriority: 0,
      ruleEvaluations: 0,
      actions: ['forward'],
      method: 'POST',
      target: '/a?b',
      httpVersion: '1.1',
      host: 'A.example',
      userAgent: 'probe',
      targetGroupArn: 'arn:tg',
      status: 201,
      targetStatus: 201,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceId: expect.stringMatching(/^Root=1-/),
      requestProcessingMs: expect.any(Number),
      targetProcessingMs: expect.any(Number),
      responseProcessingMs: expect.any(Number),
      documentBytes: 30,
      receivedBytes: 98,
      sentBytes: received.length,
    })
  })

  it('tells of a request that was refused before the function', async () => {
    const entry = await logFor({ target: null })
    expect(entry).toMatchObject({ status: 503, detail: 'the target group has no target' })
    expect(entry).not.toHaveProperty('requestId')
    expect(entry).not.toHaveProperty('targetStatus')
  })

  it('tells of bytes that are no request', async () => {
    const { received, ...entry } = await logFor({ target: null }, 'nonsense\r\n\r\n')
    expect(entry).toMatchObject({
      method: '-',
      target: '-',
      httpVersion: '-',
      status: 400,
      receivedBytes: 12,
      sentBytes: received.length,
    })
    expect(entry.detail).toMatch(/^the request cannot be parsed: Parse Error: /)
  })

  it('has the time until the body is complete before that of the function', async () => {
    const uptime = vi.spyOn(process, 'uptime').mockReturnValue(10)
    onTestFinished(() => uptime.mockRestore())
    const entries: LogEntry[] = []
    let calls = 0
    const target = () => {
      calls += 1
      return { statusCode: 200 }
    }
    const client = await open(await start({ target, log: (entry) => entries.push(entry) }))
    const lines = ['Host: a.example', 'Connection: close', 'Content-Length: 2']
    client.write(head('POST / HTTP/1.1', ...lines, 'Expect: 100-continue'))
    await client.until('100 Continue\r\n\r\n')
    expect(calls).toBe(0)
    uptime.mockReturnValue(17)
    client.write('hi')
    await client.closed
    expect(entries).toMatchObject([{ requestProcessingMs: 7000, targetProcessingMs: 0 }])
  })

  it('comes once per exchange', async () => {
    const entries: LogEntry[] = []
    const port = await start({ target: () => ({ statusCode: 204 }), log: (e) => entries.push(e) })
    const request = head('GET / HTTP/1.1', 'Host: a.example')
    await send(port, request + request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
    const client = await open(port)
    client.end()
    await client.closed
    expect(entries).toHaveLength(2)
  })
})

describe('without a log option', () => {
  function captureStderr(): string[] {
    const written: string[] = []
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      written.push(String(text))
      return true
    })
    onTestFinished(() => spy.mockRestore())
    return written
  }

  async function request(options: Parameters<typeof createLoadBalancer>[0]): Promise<void> {
    const server = createLoadBalancer(options).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
    await send(address.port, head('GET /a HTTP/1.1', 'Host: a.example', 'Connection: close'))
    server.close()
  }

  it('a failed invocation is one line on stderr', async () => {
    const written = captureStderr()
    await request({ target: () => ({ statusCode: 200, headers: { x: 1 } }) })
    expect(written).toEqual([
      'koa-alb-local: 502 GET /a LambdaInvalidResponse: headers["x"] is 1, must be a string\n',
    ])
  })

  it('a handler that throws has its stack below the line', async () => {
    const written = captureStderr()
    await request({ target: () => Promise.reject(new Error('boom')) })
    expect(written.join('')).toMatch(
      /^koa-alb-local: 502 GET \/a LambdaUnhandled: the handler failed: Error: boom\n {4}at /,
    )
  })

  it('nothing else is printed', async () => {
    const written = captureStderr()
    await request({ target: () => ({ statusCode: 500 }) })
    await request({ target: null })
    expect(written).toEqual([])
  })
})
