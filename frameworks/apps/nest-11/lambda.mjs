import { albHandler } from 'koa-alb'
import { createApp } from './app.mjs'

const app = await createApp()
await app.init()
export const handler = albHandler(app.getHttpAdapter().getInstance())
