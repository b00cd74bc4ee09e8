import { albHandler } from 'koa-alb'
import { app } from './app.js'

export const handler = albHandler(app)
