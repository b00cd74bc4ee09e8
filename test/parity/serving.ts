import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AlbError, type AlbErrorCode, albHandler } from 'koa-alb'
import { createLoadBalancer, type LambdaHandler } from 'koa-alb-local'
import type { Behaviour } from './behaviours.ts'
import { ByteClient, type Progress } from './exchange-bytes.ts'
import { createExpressApp } from './express-app.ts'
import { createKoaApp } from './koa-app.ts'
import { createListener } from './node-app.ts'
import type { Play } from './play.ts'
import type { Listener } from './request-differences.ts'
import type { ReceivedResponse } from './response-bytes.ts'
import type { Seen } from './seen.ts'

export interface Outcome {
  readonly response: ReceivedResponse
  /** Whether the app ended its response; false when the response was destroyed before. */
  readonly isEnded: boolean
  readonly seen: Seen | undefined
  /** Why the handler rejected, `undefined` when it did not. */
  readonly failure: AlbErrorCode | undefined
}

/** One app behind one server, and the client's connection to it. */
export interface Serving {
  exchange(request: Buffer, isHead: boolean, behaviour: Behaviour): Promise<Outcome>
  close(): void
}

/** The app under `app.listen()`, or behind the load balancer when `listener` is given. */
export async function serve(app: Behaviour['app'], listener?: Listener): Promise<Serving> {
  const play: Play = {}
  const failures: unknown[] = []
  const server = listener ? createFront(app, play, listener, failures) : createPlain(app, play)
  // No connection is ever idle by intention: one that the server closes would fail a run.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on a port has an AddressInfo.
  const progress: Progress = {
    // The load balancer sends after the app is through; it is waited for in any case.
    isAnswered: () => !listener && play.res?.writableFinished === true,
    whenAnswered: async () => play.performed,
  }
  const client = new ByteClient((server.address() as AddressInfo).port)
  return {
    async exchange(request, isHead, behaviour) {
      Object.assign(play, { behaviour, res: undefined, seen: undefined, performed: undefined })
      failures.length = 0
      const response = await client.exchange(request, isHead, progress)
      const isEnded = play.res?.writableEnded ?? false
      return { response, isEnded, seen: play.seen, failure: codeOf(failures[0]) }
    },
    close() {
      client.close()
      server.close()
    },
  }
}

function createPlain(app: Behaviour['app'], play: Play): Server {
  const created = createApp[app](play)
  const listener: RequestListener = 'callback' in created ? created.callback() : created
  return createServer({ maxHeaderSize: 131_072 }, listener)
}

function createFront(
  app: Behaviour['app'],
  play: Play,
  { mode, port }: Listener,
  failures: unknown[],
): Server {
  const handler = albHandler(createApp[app](play))
  const target: LambdaHandler = async (event, context) =>
    handler(event, context).catch((error) => {
      failures.push(error)
      throw error
    })
  const multiValueHeaders = mode === 'multi'
  return createLoadBalancer({ target, multiValueHeaders, listener: { Port: port }, log: () => {} })
}

const createApp = { listener: createListener, koa: createKoaApp, express: createExpressApp }

function codeOf(error: unknown): AlbErrorCode | undefined {
  if (error === undefined) return undefined
  if (error instanceof AlbError) return error.code
  throw error
}
