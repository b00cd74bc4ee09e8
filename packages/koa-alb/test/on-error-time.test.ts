import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { albHandler, type OnError } from '../src/index.ts'
import { context, singleEvent } from './events.ts'

const failing = (onError: OnError) => albHandler((_req, res) => void res.destroy(), { onError })
const left = (remainingMs: number) => ({
  ...context,
  getRemainingTimeInMillis: () => remainingMs,
})
const never = new Promise<never>(() => {})
const later = <T>(value: T) =>
  new Promise<T>((resolve) => setImmediate(() => setImmediate(resolve, value)))

describe('onError that waits', () => {
  it('leaves the error standing when the time is up, and the log says so', async () => {
    const warned = once(process, 'warning')
    const invoked = failing(() => never)(singleEvent({ path: '/a?token=s' }), left(20))
    await expect(invoked).rejects.toMatchObject({ code: 'ALB_ERR_CONNECTION_LOST' })
    const [{ message }] = await warned
    expect(message).toBe('GET /a: onError gave no answer within 10 ms')
  })

  it('may answer until then', async () => {
    const answered = failing(() => later({ statusCode: 503 }))(singleEvent(), left(30_000))
    expect(await answered).toMatchObject({ statusCode: 503 })
  })

  it.each([0, -5])('may answer without waiting when %i ms are left', async (remainingMs) => {
    const answered = failing(async () => ({ statusCode: 503 }))(singleEvent(), left(remainingMs))
    expect(await answered).toMatchObject({ statusCode: 503 })
  })

  it('may throw until then', async () => {
    const thrown = new Error('report failed')
    const handler = failing(async () => {
      throw await later(thrown)
    })
    await expect(handler(singleEvent(), left(30_000))).rejects.toBe(thrown)
  })

  it.each([
    ['throws', { ...context, getRemainingTimeInMillis: () => JSON.parse('') }],
    ['is missing', { ...context, getRemainingTimeInMillis: undefined }],
    ['says NaN', left(Number.NaN)],
    ['is that of no context', undefined],
  ])('has all the time when the clock %s', async (_, broken) => {
    const answered = failing(() => later({ statusCode: 503 }))(singleEvent(), broken as never)
    expect(await answered).toMatchObject({ statusCode: 503 })
  })
})
