import request from 'supertest'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadBalancer } from '../src/rules.ts'

beforeAll(() => loadBalancer.listen({ ports: { Web: 0 } }))
afterAll(() => loadBalancer.close())

it('redirects what has moved', async () => {
  const { status, headers } = await request(loadBalancer.url('Web')).get('/old/page')
  expect([status, headers.location]).toEqual([301, 'http://127.0.0.1:8080/'])
})

it('forwards everything else', async () => {
  const { text } = await request(loadBalancer.url('Web')).get('/?name=Ada')
  expect(text).toBe('Hello Ada\n')
})
