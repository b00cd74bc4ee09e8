import Koa from 'koa'
import { smallJson } from '../scenarios/fixtures.ts'

export function createApp(): Koa {
  const app = new Koa()
  app.use((ctx) => {
    ctx.body = smallJson
  })
  return app
}
