import { createServer, type RequestListener, type Server } from 'node:http'
import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'

/** A server, not yet listening, that answers with the Koa app. */
export type Serve = (app: { callback(): RequestListener }) => Server

/** The ways an app reaches its clients; every smoke test runs over each with the same expectations. */
export const transports: readonly (readonly [name: string, serve: Serve])[] = [
  ['app.listen', (app) => createServer(app.callback())],
  ['the load balancer', (app) => createLoadBalancer({ target: albHandler(app) })],
  [
    'the load balancer with multi-value headers',
    (app) => createLoadBalancer({ target: albHandler(app), multiValueHeaders: true }),
  ],
]
