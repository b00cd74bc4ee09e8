import { configure } from '@vendia/serverless-express'
import type Koa from 'koa'
import { binaryTypes, type Wrap } from './wrap.ts'

export const wrap: Wrap<Koa> = (app) => {
  const binarySettings = { contentTypes: binaryTypes }
  // Documented to take a Koa app; its types know request listeners only.
  const handler = configure({ app: app as never, binarySettings })
  // Asynchronous, for lack of a callback.
  return async (event, context) => handler(event, context, undefined as never)
}
