import { albHandler } from 'koa-alb'
import { app } from './app.mjs'

await app.ready()
export const handler = albHandler(app.routing)
