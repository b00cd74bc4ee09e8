import { albHandler } from 'koa-alb'
import { createServer } from './app.mjs'

const server = await createServer()
await server.start()
export const handler = albHandler(server.listener)
