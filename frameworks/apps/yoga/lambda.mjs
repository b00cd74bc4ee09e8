import { albHandler } from 'koa-alb'
import { yoga } from './app.mjs'

export const handler = albHandler(yoga)
