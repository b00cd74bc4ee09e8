import { createLoadBalancer } from 'koa-alb-local'
import request from 'supertest'
import { handler } from '../dist/lambda.js'

test('greets by name', async () => {
  const loadBalancer = createLoadBalancer({ target: handler })
  await request(loadBalancer).get('/?name=Ada').expect(200, 'Hello Ada\n')
})
