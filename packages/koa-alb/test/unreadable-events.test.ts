import { describe, expect, it } from 'vitest'
import { AlbError, type AlbEvent, albHandler, isAlbEvent } from '../src/index.ts'
import { context, multiEvent, singleEvent } from './events.ts'

const thrown = new Error('no access')

function throwing(event: AlbEvent, field: keyof AlbEvent): AlbEvent {
  const get = () => {
    throw thrown
  }
  return Object.defineProperty({ ...event }, field, { get, enumerable: true })
}

const closed = new Proxy({} as AlbEvent, {
  ownKeys() {
    throw thrown
  },
})
const { proxy: revoked, revoke } = Proxy.revocable({} as AlbEvent, {})
revoke()

describe.each<[string, AlbEvent, string]>([
  ['requestContext throws', throwing(singleEvent(), 'requestContext'), 'ALB_ERR_NOT_AN_ALB_EVENT'],
  ['keys are kept back', closed, 'ALB_ERR_NOT_AN_ALB_EVENT'],
  ['proxy is revoked', revoked, 'ALB_ERR_NOT_AN_ALB_EVENT'],
  ['path throws', throwing(singleEvent(), 'path'), 'ALB_ERR_INVALID_EVENT'],
  ['httpMethod throws', throwing(singleEvent(), 'httpMethod'), 'ALB_ERR_INVALID_EVENT'],
  ['headers throw', throwing(singleEvent(), 'headers'), 'ALB_ERR_INVALID_EVENT'],
  ['query throws', throwing(singleEvent(), 'queryStringParameters'), 'ALB_ERR_INVALID_EVENT'],
  ['body throws', throwing(multiEvent(), 'body'), 'ALB_ERR_INVALID_EVENT'],
  [
    'headers keep their names back',
    singleEvent({ headers: closed as never }),
    'ALB_ERR_INVALID_EVENT',
  ],
])('an event whose %s', (_, event, code) => {
  it('rejects with a typed error', async () => {
    const error = await albHandler(() => {})(event, context).catch((reason) => reason)
    expect(error).toBeInstanceOf(AlbError)
    expect(error.code).toBe(code)
  })

  it('may be answered by onError', async () => {
    const result = { statusCode: 503, body: 'later' }
    const handler = albHandler(() => {}, { onError: () => result })
    expect(await handler(event, context)).toMatchObject(result)
  })
})

it('an event whose multi-value field cannot be read is refused, not taken for another', async () => {
  const handler = albHandler((_req, res) => void res.end())
  await expect(
    handler(throwing(singleEvent(), 'multiValueHeaders'), context),
  ).rejects.toMatchObject({ code: 'ALB_ERR_INVALID_EVENT', cause: thrown })
})

it('isAlbEvent is false for an event that cannot be read', () => {
  expect(isAlbEvent(throwing(singleEvent(), 'requestContext'))).toBe(false)
  expect(isAlbEvent(revoked)).toBe(false)
})
