import type { Server } from 'node:net'
import type { Listener } from '../rules/listener.ts'
import { createHttp1Server } from './http1.ts'

/** The server of one listener, with the connections it has. */
export interface ListenerServer {
  readonly server: Server
  /** Closes the connections on which no request is under way. */
  closeIdle(): void
}

export function createHttpListenerServer(listener: Listener): ListenerServer {
  const server = createHttp1Server(listener)
  return { server, closeIdle: () => server.closeIdleConnections() }
}
