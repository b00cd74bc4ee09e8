import { describe, expect, it } from 'vitest'
import { AlbError, albHandler, type OnError } from '../src/index.ts'
import { context, multiEvent, singleEvent } from './events.ts'

const failing = (onError: OnError) => albHandler((_req, res) => void res.destroy(), { onError })

describe('onError', () => {
  it('is given error, event and context', async () => {
    const event = singleEvent()
    let seen: unknown[] = []
    const handler = failing((...args) => {
      seen = args
    })
    const error = await handler(event, context).catch((reason) => reason)
    expect(error).toBeInstanceOf(AlbError)
    expect(seen).toEqual([error, { event, context }])
  })

  it('answers with a document in the mode of the event', async () => {
    const handler = failing(async () => ({
      statusCode: 503,
      headers: { 'retry-after': '5', vary: ['a', 'b'] },
      body: 'later',
    }))
    expect(await handler(singleEvent(), context)).toEqual({
      statusCode: 503,
      statusDescription: '503 Service Unavailable',
      headers: { 'retry-after': '5', vary: 'a, b' },
      body: 'later',
      isBase64Encoded: false,
    })
    expect(await handler(multiEvent(), context)).toMatchObject({
      multiValueHeaders: { 'retry-after': ['5'], vary: ['a', 'b'] },
    })
  })

  it.each([
    ['HEAD', 503],
    ['GET', 204],
    ['GET', 304],
  ])('answers %s with %i without the body of its document', async (httpMethod, statusCode) => {
    const handler = failing(() => ({
      statusCode,
      headers: { 'content-length': '4' },
      body: 'page',
    }))
    expect(await handler(singleEvent({ httpMethod }), context)).toMatchObject({
      statusCode,
      headers: { 'content-length': '4' },
      body: '',
      isBase64Encoded: false,
    })
  })

  it('is not asked when all is well', async () => {
    const handler = albHandler((_req, res) => void res.end('ok'), {
      onError: () => ({ statusCode: 500 }),
    })
    expect(await handler(singleEvent(), context)).toMatchObject({ statusCode: 200 })
  })

  it('may answer events of other sources as it likes', async () => {
    const handler = failing((error) =>
      error instanceof AlbError && error.code === 'ALB_ERR_NOT_AN_ALB_EVENT'
        ? { statusCode: 200, body: 'warm' }
        : undefined,
    )
    const event = { source: 'aws.events' } as never
    expect(await handler(event, context)).toEqual({ statusCode: 200, body: 'warm' })
  })

  it('that throws rejects with that, caused by the first error', async () => {
    const thrown = new Error('report failed')
    const handler = failing(() => {
      throw thrown
    })
    await expect(handler(singleEvent(), context)).rejects.toBe(thrown)
    expect(thrown.cause).toMatchObject({ code: 'ALB_ERR_CONNECTION_LOST' })
  })

  it('that throws a frozen error rejects with that', async () => {
    const thrown = Object.freeze(new Error('report failed'))
    const handler = failing(() => {
      throw thrown
    })
    await expect(handler(singleEvent(), context)).rejects.toBe(thrown)
  })

  it.each([
    ['statusCode', { statusCode: '500' }],
    ['status from 200 to 599', { statusCode: 99 }],
    ['statusCode must be an integer, found 200.5', { statusCode: 200.5 }],
    ['statusDescription', { statusCode: 500, statusDescription: 'Sorry' }],
    ['headers', { statusCode: 500, headers: 'x' }],
    ['multiValueHeaders', { statusCode: 500, multiValueHeaders: ['x'] }],
    ['body', { statusCode: 500, body: {} }],
    ['body', { statusCode: 500, body: '!', isBase64Encoded: true }],
    ['isBase64Encoded', { statusCode: 500, isBase64Encoded: 'yes' }],
    ['statusDescription', { statusCode: 500, statusDescription: 1 }],
    ['header x', { statusCode: 500, headers: { x: 1 } }],
    ['header name "a b"', { statusCode: 500, headers: { 'a b': '1' } }],
    ['character 2 of header x is U+000D', { statusCode: 500, headers: { x: 'a\r\nb: c' } }],
    ['1048576 are allowed', { statusCode: 500, body: 'a'.repeat(1_048_576) }],
  ])('with an invalid %s rejects, caused by the first error', async (what, document) => {
    await expect(failing(() => document as never)(singleEvent(), context)).rejects.toMatchObject({
      code: 'ALB_ERR_INVALID_RESULT',
      message: expect.stringContaining(what),
      cause: { code: 'ALB_ERR_CONNECTION_LOST' },
    })
  })
})
