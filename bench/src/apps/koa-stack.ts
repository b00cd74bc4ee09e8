import { bodyParser } from '@koa/bodyparser'
import cors from '@koa/cors'
import Router from '@koa/router'
import Koa from 'koa'
import compress from 'koa-compress'
import helmet from 'koa-helmet'
import { catalog, type order } from '../scenarios/fixtures.ts'

/** What a team's API has in front of its routes. */
export function createApp(): Koa {
  const router = new Router()
  for (let index = 0; index < 50; index += 1) {
    router.post(`/resource-${index}/:id`, (ctx) => {
      // The scenario sends an order, and a wrong answer would not be timed.
      const { lines } = ctx.request.body as typeof order
      ctx.body = { id: ctx.params.id, lines: lines.length, catalog }
    })
  }
  const app = new Koa()
  app.use(helmet())
  app.use(cors())
  app.use(compress())
  app.use(bodyParser())
  app.use(router.routes())
  return app
}
