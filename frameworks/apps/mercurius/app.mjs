import Fastify from 'fastify'
import mercurius from 'mercurius'
import { resolvers, typeDefs } from '../../shared/things.mjs'

export const app = Fastify()
export async function listen(port) {
  await app.listen({ port })
  return app.server
}

app.register(mercurius, { schema: typeDefs, resolvers })
