import Koa from 'koa'
import { albHandler } from 'koa-alb'

const app = new Koa()
app.use((ctx) => {
  ctx.body = `Hello ${ctx.query.name ?? 'world'}\n`
})

export const handler = albHandler(app)
