import { albHandler } from 'koa-alb'
import { toNodeHandler } from 'srvx/node'
import { app } from './app.mjs'

export const handler = albHandler(toNodeHandler(app.fetch))
