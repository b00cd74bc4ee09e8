import { createLoadBalancer } from 'koa-alb-local'
import request from 'supertest'
import { expect, it } from 'vitest'
import { handler } from '../src/lambda.ts'

it('greets by name', async () => {
  const loadBalancer = createLoadBalancer({ target: handler })
  const { text } = await request(loadBalancer).get('/?name=Ada')
  expect(text).toBe('Hello Ada\n')
})
