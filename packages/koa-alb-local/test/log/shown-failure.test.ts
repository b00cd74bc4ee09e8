import { describe, expect, it } from 'vitest'
import { shownFailure } from '../../src/log/shown-failure.ts'

const albError = Object.assign(new Error('no app: db down', { cause: new Error('db down') }), {
  name: 'AlbError',
  code: 'ALB_ERR_APP_UNAVAILABLE',
})

describe('a failure is shown', () => {
  it('with each error once, and where its code is explained', () => {
    const { headline, remedy, rest } = shownFailure(
      'the handler failed: AlbError: no app: db down',
      albError,
    )
    expect(headline).toBe('the handler failed: AlbError: no app: db down')
    expect(remedy).toBe(
      'ALB_ERR_APP_UNAVAILABLE: docs/errors.md#alb_err_app_unavailable says what to do',
    )
    expect(rest).toMatch(/^ {4}at /)
    expect(rest).not.toContain('no app')
    expect(rest?.match(/Error: db down/g)).toHaveLength(1)
  })

  it('without a stack, with its properties', () => {
    const error = Object.assign(new Error('boom'), { stack: 'Error: boom', code: 'E_1' })
    expect(shownFailure('it failed: Error: boom', error)).toEqual({
      headline: 'it failed: Error: boom',
      remedy: undefined,
      rest: "{ code: 'E_1' }",
    })
  })

  it('with an error that the headline does not have', () => {
    const { rest } = shownFailure('no answer', new Error('refused'))
    expect(rest).toMatch(/^Error: refused\n {4}at /)
  })

  it('without anything below it when there is no error', () => {
    expect(shownFailure('no target', undefined)).toEqual({ headline: 'no target' })
  })

  it.each([
    ['a getter', Object.defineProperty(new Error('x'), 'code', { get: () => fail() })],
    ['a proxy', new Proxy(new Error('x'), { get: () => fail() })],
    [
      'its own text',
      Object.assign(new Error('x'), { [Symbol.for('nodejs.util.inspect.custom')]: fail }),
    ],
    ['an object without a prototype', Object.create(null)],
    ['control characters', Object.assign(new Error('x\u001b[2J'), { code: 'ALB_ERR_\u001b[2J' })],
  ])('whatever %s does to it', (_, error) => {
    const shown = JSON.stringify(Object.values(shownFailure('failed', error)))
    expect(shown).not.toContain('\\u001b')
  })
})

function fail(): never {
  throw new Error('no')
}
