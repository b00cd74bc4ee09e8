import { bodyParser } from '@koa/bodyparser'
import Koa from 'koa'
import type { order } from '../scenarios/fixtures.ts'

export function createApp(): Koa {
  const app = new Koa()
  app.use(bodyParser())
  app.use((ctx) => {
    // The scenario sends an order, and a wrong answer would not be timed.
    const { customer, lines } = ctx.request.body as typeof order
    ctx.body = { customer: customer.name, lines: lines.length }
  })
  return app
}
