import { Hono } from 'hono'
import { smallJson } from '../scenarios/fixtures.ts'

export const jsonType = { 'content-type': 'application/json; charset=utf-8' }

export function createApp(): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json(smallJson, 200, jsonType))
  return app
}
