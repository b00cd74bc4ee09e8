import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { describe } from 'vitest'
import { contract } from './contract.ts'
import { groups } from './groups.ts'

for (const [group, cases] of Object.entries(groups)) {
  describe(`${group}, behind a load balancer without multi-value headers`, () => {
    contract(cases, 'single', (app) =>
      createLoadBalancer({
        target: albHandler(app),
        multiValueHeaders: false,
        // Events with an empty body were seen with either flag: each mode tests one.
        emptyBodyIsBase64Encoded: true,
      }),
    )
  })
}
