import type Koa from 'koa'
import serverless from 'serverless-http'
import { binaryTypes, type Wrap } from './wrap.ts'

export const wrap: Wrap<Koa> = (app) => {
  const handler = serverless(app, { binary: binaryTypes })
  return (event, context) => handler(event, context)
}
