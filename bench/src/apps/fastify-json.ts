import fastify, { type FastifyInstance } from 'fastify'
import { smallJson } from '../scenarios/fixtures.ts'

export function createApp(): FastifyInstance {
  const app = fastify()
  app.get('/', async () => smallJson)
  return app
}
