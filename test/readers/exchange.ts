import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type AlbEvent, albHandler, type LambdaContext } from 'koa-alb'

/** Posts a body to the listener and resolves to what it answers. */
export type Post = (listener: RequestListener, body: Buffer) => Promise<string>

export function digest(bytes: Buffer): string {
  return `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`
}

/** Over a server on loopback; the body comes when the listener has been called. */
export async function listen(listener: RequestListener, body: Buffer): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const headers = { 'content-length': body.length }
  const client = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
  client.flushHeaders()
  await once(server, 'request')
  client.end(body)
  try {
    const [response] = await once(client, 'response')
    return await text(response)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

export async function invoke(listener: RequestListener, body: Buffer): Promise<string> {
  const result = await albHandler(listener)(toEvent(body), context)
  return Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8').toString()
}

function toEvent(body: Buffer): AlbEvent {
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:tg' } },
    httpMethod: 'POST',
    path: '/',
    queryStringParameters: {},
    headers: { host: 'app.test', 'content-length': String(body.length) },
    body: body.toString('base64'),
    isBase64Encoded: true,
  }
}

const context: LambdaContext = {
  awsRequestId: '1',
  functionName: 'app',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:app',
  memoryLimitInMB: '128',
  logGroupName: 'app',
  logStreamName: '1',
  getRemainingTimeInMillis: () => 20_000,
}
