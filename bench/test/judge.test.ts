import { expect, it } from 'vitest'
import { judge } from '../src/judge.ts'
import { toScenario } from '../src/scenarios/scenarios.ts'

const right = {
  statusCode: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: '{"id":42,"name":"Ada Lovelace","roles":["admin","editor"],"active":true}',
  isBase64Encoded: false,
}

it('has nothing against a right answer', async () => {
  expect(await verdict(right)).toBeUndefined()
})

it('sees another status', async () => {
  expect(await verdict({ ...right, statusCode: 404 })).toBe('status 404, not 200')
})

it('sees another header', async () => {
  const headers = { 'content-type': 'text/plain' }
  expect(await verdict({ ...right, headers })).toBe(
    'content-type is text/plain, not application/json; charset=utf-8',
  )
})

it('sees another body', async () => {
  expect(await verdict({ ...right, body: '{}' })).toBe(
    'the body is 2 bytes "{}", not 72 bytes "{\\"id\\":42,\\"name\\":\\"Ada Lovelace\\",\\"roles\\":["',
  )
})

it('sees a document that no load balancer takes', async () => {
  const headers = { ...right.headers, 'content-length': 72 }
  expect(await verdict({ ...right, headers })).toBe(
    'headers["content-length"] is 72, must be a string',
  )
})

function verdict(document: object): Promise<string | undefined> {
  return judge(toScenario('json'), 'single', JSON.stringify(document))
}
