import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { type AlbHandlerOptions, albHandler, invocation } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

const soon = { ...context, getRemainingTimeInMillis: () => 260 }
const handle = (
  listener: (req: IncomingMessage, res: ServerResponse) => void,
  options?: AlbHandlerOptions,
) =>
  albHandler(listener, options)(
    singleEvent({ path: '/slow', queryStringParameters: { key: 'secret' } }),
    soon,
  )

describe('an exchange open at the deadline', () => {
  it('rejects with what it had come to', async () => {
    await expect(handle(() => {})).rejects.toMatchObject({
      code: 'ALB_ERR_DEADLINE_EXCEEDED',
      message: 'GET /slow: no complete response within 10 ms; no head had been sent',
    })
    await expect(handle((_req, res) => res.write('data: 1\n\n'))).rejects.toMatchObject({
      message: 'GET /slow: no complete response within 10 ms; the head had been sent',
    })
  })

  it('shows the app that the client is gone', async () => {
    const seen: string[] = []
    await handle((req, res) => {
      req.on('aborted', () => seen.push('req aborted'))
      req.on('close', () => seen.push('req close'))
      res.on('close', () => seen.push('res close'))
    }).catch(() => {})
    await new Promise(setImmediate)
    expect(seen).toEqual(['req aborted', 'res close', 'req close'])
  })

  it('aborts the signal with the error', async () => {
    let signal: AbortSignal | undefined
    const error = await handle((req) => {
      signal = invocation(req)?.signal
    }).catch((reason) => reason)
    expect(signal?.aborted).toBe(true)
    expect(signal?.reason).toBe(error)
  })

  it('aborts a signal that is asked for later', async () => {
    let request: IncomingMessage | undefined
    await handle((req) => {
      request = req
    }).catch(() => {})
    expect(invocation(request as IncomingMessage)?.signal.aborted).toBe(true)
  })

  it('lets the app write and end without effect', async () => {
    let response: ServerResponse | undefined
    await handle((_req, res) => {
      response = res
    }).catch(() => {})
    const res = response as ServerResponse
    res.setHeader('x-late', '1')
    expect(res.write('late')).toBe(false)
    res.end('late')
    res.destroy()
    await new Promise(setImmediate)
    expect(res).toMatchObject({ destroyed: true, writableEnded: true })
  })

  it('ends server-sent events', async () => {
    let ticks = 0
    await expect(
      handle((_req, res) => {
        res.setHeader('content-type', 'text/event-stream')
        const timer = setInterval(() => res.write(`data: ${ticks++}\n\n`), 1)
        res.on('close', () => clearInterval(timer))
      }),
    ).rejects.toMatchObject({ code: 'ALB_ERR_DEADLINE_EXCEEDED' })
  })
})

describe('the deadline', () => {
  it('comes deadlineMarginMs before the end', async () => {
    await expect(handle(() => {}, { deadlineMarginMs: 255 })).rejects.toMatchObject({
      message: expect.stringContaining('within 5 ms'),
    })
  })

  it('leaves no timer behind', async () => {
    const timers = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
    const before = timers()
    await albHandler((_req, res) => void res.end())(singleEvent(), context)
    await albHandler((_req, res) => void res.destroy())(singleEvent(), context).catch(() => {})
    expect(timers()).toBeLessThanOrEqual(before)
  })

  it.each([
    ['no context', undefined],
    ['a context without the time that is left', {}],
    ['a context whose time is no number', { getRemainingTimeInMillis: () => Number.NaN }],
    ['a context whose time is below zero', { getRemainingTimeInMillis: () => -1 }],
  ])('is none with %s', async (_name, without) => {
    const handler = albHandler(async (_req, res) => {
      await once(
        res.on('close', () => {}),
        'never',
        { signal: AbortSignal.timeout(20) },
      ).catch(() => {})
      res.end('late')
    })
    expect((await handler(singleEvent(), without as never)).body).toBe('late')
  })
})
