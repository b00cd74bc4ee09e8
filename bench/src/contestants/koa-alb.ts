import type Koa from 'koa'
import { albHandler } from 'koa-alb'
import type { Wrap } from './wrap.ts'

export const wrap: Wrap<Koa> = (app) => albHandler(app)
