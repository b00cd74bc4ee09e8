import { albHandler } from 'koa-alb'
import { createApp } from './app.mjs'

const app = await createApp()
await app.init()
const fastify = app.getHttpAdapter().getInstance()
await fastify.ready()
export const handler = albHandler(fastify.routing)
