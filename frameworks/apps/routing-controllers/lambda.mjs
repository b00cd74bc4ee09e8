import { albHandler } from 'koa-alb'
import { app } from './app.mjs'

export const handler = albHandler(app)
