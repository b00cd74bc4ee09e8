import { once } from 'node:events'
import { createLoadBalancer } from '../../packages/koa-alb-local/dist/esm/index.js'
import { startProcess } from './process.mjs'

export const ways = ['listen', 'single', 'multi']
const limitMs = 60_000

/** Serves the app of a folder by app.listen(), or by its handler behind a load balancer. */
export async function serve({ way, ...options }) {
  const process = startProcess({ way, limitMs, ...options })
  try {
    if (way === 'listen') {
      const { port } = await process.call('listen')
      return { process, port, failures: [], close: process.stop }
    }
    await process.call('load')
    return await behindLoadBalancer(process, way)
  } catch (error) {
    await process.stop()
    throw error
  }
}

async function behindLoadBalancer(process, way) {
  const failures = []
  const target = {
    async invoke(event, { requestId }) {
      try {
        const parameters = { event: JSON.parse(event), requestId, remainingMs: 15_000 }
        const { payload } = await process.call('invoke', parameters)
        return { payload }
      } catch (error) {
        failures.push(error.message)
        return { errorReason: 'LambdaUnhandled', detail: error.message }
      }
    },
  }
  const log = ({ errorReason, detail }) => {
    if (errorReason) failures.push(`${errorReason}: ${detail}`)
  }
  const listener = { Port: 80, Protocol: 'HTTP' }
  const options = { target, log, listener, multiValueHeaders: way === 'multi' }
  const server = createLoadBalancer(options).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await process.stop()
  }
  return { process, port: server.address().port, failures, close }
}
