import { once } from 'node:events'
import { type IncomingMessage, request, type Server } from 'node:http'
import { gunzipSync } from 'node:zlib'
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
      if (headers[name] !== value) return `${name} is ${headers[name]}, not ${value}`
    }
    if (body.equals(answer.body)) return undefined
    return `the body is ${outlined(body)}, not ${outlined(answer.body)}`
  } finally {
    loadBalancer.close()
    loadBalancer.closeAllConnections()
  }
}

async function send(server: Server, { method, path }: ClientRequest): Promise<Received> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('no port to send to')
  const sent = request({ host: '127.0.0.1', port: address.port, method, path }).end()
  // The only argument of `response`.
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const { statusCode: status, headers } = response
  return { status, headers, body: headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body }
}

interface Received {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

function outlined(body: Buffer): string {
  return `${body.length} bytes ${JSON.stringify(body.toString('latin1', 0, 40))}`
}
