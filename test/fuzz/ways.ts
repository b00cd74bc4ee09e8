import type { Server } from 'node:http'
import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import type { App } from '../contract/contract.ts'
import { listening } from '../contract/listening.ts'

/** The ways an app reaches its clients; what is refused must be refused over each. */
export const ways: readonly (readonly [name: string, serve: (app: App) => Server])[] = [
  ['app.listen', listening],
  ['the load balancer', (app) => createLoadBalancer({ target: albHandler(app), log: () => {} })],
  [
    'the load balancer with multi-value headers',
    (app) =>
      createLoadBalancer({ target: albHandler(app), multiValueHeaders: true, log: () => {} }),
  ],
]
