import { albHandler } from 'koa-alb'
import { toNodeHandler } from 'srvx/node'
import { fetch } from './app.mjs'

export const handler = albHandler(toNodeHandler(fetch))
