import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { describe } from 'vitest'
import { contract } from './contract.ts'
import { groups } from './groups.ts'

for (const [group, cases] of Object.entries(groups)) {
  describe(`${group}, behind a load balancer with multi-value headers`, () => {
    contract(cases, 'multi', (app) =>
      createLoadBalancer({ target: albHandler(app), multiValueHeaders: true }),
    )
  })
}
