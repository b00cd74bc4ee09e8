import { toNodeHandler } from 'h3/node'
import { albHandler } from 'koa-alb'
import { app } from './app.mjs'

export const handler = albHandler(toNodeHandler(app))
