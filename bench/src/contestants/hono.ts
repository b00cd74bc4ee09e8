import type { ALBEvent } from 'aws-lambda'
import type { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import type { Wrap } from './wrap.ts'

export const wrap: Wrap<Hono> = (app) => {
  const handler = handle(app)
  // Two vocabularies for one document.
  return (event, context) => handler(event as ALBEvent as never, context)
}
