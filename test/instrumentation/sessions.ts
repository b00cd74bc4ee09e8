import { once } from 'node:events'
import { createServer, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type AlbHandlerOptions, albHandler } from 'koa-alb'

/** An app that is up, and takes any number of requests. */
export interface Session {
  /** Posts a small body; resolves to the body of the answer, or `no answer`. */
  post(path: string): Promise<string>
  close(): void
}

export type Open = (listener: RequestListener) => Promise<Session>

/** The ways of keeping an app up in this process. */
export const sessions: readonly (readonly [name: string, open: Open])[] = [
  ['app.listen', listen],
  ['albHandler', async (listener) => invoking(listener)],
]

async function listen(listener: RequestListener): Promise<Session> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return {
    async post(path) {
      const sent = request({ port, path, method: 'POST', agent: false }).end('body')
      try {
        const [response] = await once(sent, 'response')
        return await text(response)
      } catch {
        return 'no answer'
      }
    },
    close: () => void server.close(),
  }
}

export function invoking(
  listener: RequestListener,
  options?: AlbHandlerOptions,
  remainingMs = 3000,
): Session {
  const handler = albHandler(listener, options)
  return {
    post(path) {
      const event = {
        requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:tg' } },
        httpMethod: 'POST',
        path,
        queryStringParameters: {},
        headers: { host: 'app.test', 'content-length': '4' },
        body: 'body',
        isBase64Encoded: false,
      }
      const context = {
        awsRequestId: '1',
        functionName: 'app',
        functionVersion: '1',
        invokedFunctionArn: 'arn:aws:lambda:app',
        memoryLimitInMB: '128',
        logGroupName: 'app',
        logStreamName: '1',
        getRemainingTimeInMillis: () => remainingMs,
      }
      return handler(event, context).then(
        ({ body }) => String(body),
        () => 'no answer',
      )
    },
    close() {},
  }
}
