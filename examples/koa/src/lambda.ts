import { albHandler } from 'koa-alb'
import { createApp } from './app.ts'
import { settings } from './settings.ts'

export const handler = albHandler(createApp(settings()))
