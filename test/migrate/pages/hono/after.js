import { getRequestListener } from '@hono/node-server'
import { albHandler } from 'koa-alb'
import { app } from './app.js'

export const handler = albHandler(getRequestListener(app.fetch))
