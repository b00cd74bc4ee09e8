import proxy from '@fastify/http-proxy'
import Fastify from 'fastify'
import { startUpstream } from '../../shared/upstream.mjs'

export const app = Fastify()
export async function listen(port) {
  await app.listen({ port })
  return app.server
}

app.register(proxy, { upstream: await startUpstream() })
