import { createHTTPHandler } from '@trpc/server/adapters/standalone'
import { albHandler } from 'koa-alb'
import { things } from './app.mjs'

export const handler = albHandler(createHTTPHandler({ router: things }))
