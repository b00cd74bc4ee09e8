import { once } from 'node:events'
import type { Server } from 'node:http'
import { createLoadBalancer } from 'koa-alb-local'
import type { ClientRequest, Mode, Scenario } from './scenarios/scenario.ts'

/**
 * What is wrong with the document, `undefined` when nothing is: the local load balancer makes a
 * response of it, and that is what the client must get.
 */
export async function judge(
  { request, answer }: Scenario,
  mode: Mode,
  payload: string,
): Promise<string | undefined> {
  let refusal: string | undefined
  const loadBalancer = createLoadBalancer({
    target: { invoke: async () => ({ payload }) },
    multiValueHeaders: mode === 'multi',
    log: (entry) => {
      refusal = entry.detail
    },
  })
  try {
    const { status, headers, body } = await send(loadBalancer, request)
    if (status !== answer.status) return refusal ?? `status ${status}, not ${answer.status}`
    for (const [name, value] of Object.entries(answer.headers)) {
      if (headers.get(name) !== value) return `${name} is ${headers.get(name)}, not ${value}`
    }
    if (body.equals(answer.body)) return undefined
    return `the body is ${outlined(body)}, not ${outlined(answer.body)}`
  } finally {
    loadBalancer.close()
    loadBalancer.closeAllConnections()
  }
}

async function send(
  server: Server,
  { method, path }: ClientRequest,
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port to send to')
  const response = await fetch(`http://127.0.0.1:${address.port}${path}`, { method })
  // Decompressed, where it has a content-encoding.
  const { status, headers } = response
  return { status, headers, body: Buffer.from(await response.arrayBuffer()) }
}

function outlined(body: Buffer): string {
  return `${body.length} bytes ${JSON.stringify(body.toString('latin1', 0, 40))}`
}
