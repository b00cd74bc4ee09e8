import { albHandler } from 'koa-alb'
import { provider } from './app.mjs'

export const handler = albHandler(provider)
