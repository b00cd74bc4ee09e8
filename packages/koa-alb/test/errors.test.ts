import { describe, expect, it, vi } from 'vitest'
import { AlbError } from '../src/index.ts'

it('tells the log of the runtime client its cause', () => {
  const cause = new TypeError('no database')
  const error = new AlbError('ALB_ERR_LISTENER_FAILED', 'GET /: the request listener failed', {
    cause,
  })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    errorType: 'AlbError',
    errorMessage: 'GET /: the request listener failed',
    code: 'ALB_ERR_LISTENER_FAILED',
    stack: expect.arrayContaining(['AlbError: GET /: the request listener failed']),
    cause: expect.stringContaining('TypeError: no database'),
  })
})

it('has no cause on the log when there is none', () => {
  const error = new AlbError('ALB_ERR_INVALID_STATUS', 'message')
  expect(JSON.parse(JSON.stringify(error))).not.toHaveProperty('cause')
})

describe('instanceof AlbError', () => {
  const error = new AlbError('ALB_ERR_INVALID_STATUS', 'message')
  class Late extends AlbError {}
  const late = new Late('ALB_ERR_DEADLINE_EXCEEDED', 'message')

  it('holds for the errors of another copy of the package', async () => {
    vi.resetModules()
    const { AlbError: Copy } = await import('../src/errors.ts')
    expect(Copy).not.toBe(AlbError)
    expect([error instanceof Copy, late instanceof Copy]).toEqual([true, true])
    expect(new Copy('ALB_ERR_INVALID_STATUS', 'message') instanceof AlbError).toBe(true)
  })

  it.each([
    ['another error', new Error('message')],
    ['an error of the same name', Object.assign(new Error('message'), { name: 'AlbError' })],
    ['its prototype', AlbError.prototype],
    ['an object without a prototype', Object.create(null)],
    ['undefined', undefined],
    ['null', null],
    ['a text', 'ALB_ERR_INVALID_STATUS'],
    ['a function', AlbError],
  ])('does not hold for %s', (_, value) => {
    expect(value instanceof AlbError).toBe(false)
  })

  it('tells subclasses apart as ever', async () => {
    vi.resetModules()
    const { AlbError: Copy } = await import('../src/errors.ts')
    class Other extends AlbError {}
    expect([late instanceof AlbError, late instanceof Late]).toEqual([true, true])
    expect([error instanceof Late, late instanceof Other]).toEqual([false, false])
    expect(new Copy('ALB_ERR_INVALID_STATUS', 'message') instanceof Late).toBe(false)
  })
})
