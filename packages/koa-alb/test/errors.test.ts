import { expect, it } from 'vitest'
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
