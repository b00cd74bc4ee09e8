import { once } from 'node:events'
import { createServer, get, type IncomingMessage, type RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type AlbHandler, albHandler } from 'koa-alb'

type App = { callback(): RequestListener } | RequestListener | Server

/** Sends one GET to the app and resolves to status and body. */
export type Visit = (app: App, path: string) => Promise<string>

/** The ways a request reaches an app in this process. */
export const ways: readonly (readonly [name: string, visit: Visit])[] = [
  ['app.listen', listen],
  ['albHandler', (app, path) => invoke(albHandler(app), path, 'headers')],
  [
    'albHandler with multi-value headers',
    (app, path) => invoke(albHandler(app), path, 'multiValueHeaders'),
  ],
]

async function listen(app: App, path: string): Promise<string> {
  const server = toServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  const [response]: IncomingMessage[] = await once(get({ port, path, agent: false }), 'response')
  if (!response) throw new Error('no response')
  const body = await text(response)
  server.close()
  await once(server, 'close')
  return `${response.statusCode} ${body}`
}

function toServer(app: App): Server {
  if (app instanceof Server) return app
  return createServer(typeof app === 'function' ? app : app.callback())
}

/** Gives the handler one event, in the header mode of the field, and resolves to status and body. */
export async function invoke(
  handler: AlbHandler,
  path: string,
  field: 'headers' | 'multiValueHeaders',
): Promise<string> {
  const { statusCode, body } = await handler(
    {
      requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:tg' } },
      httpMethod: 'GET',
      path,
      [field]: {},
      body: '',
      isBase64Encoded: false,
    },
    {
      awsRequestId: '1',
      functionName: 'app',
      functionVersion: '1',
      invokedFunctionArn: 'arn:aws:lambda:app',
      memoryLimitInMB: '128',
      logGroupName: 'app',
      logStreamName: '1',
      getRemainingTimeInMillis: () => 3000,
    },
  )
  return `${statusCode} ${body}`
}
