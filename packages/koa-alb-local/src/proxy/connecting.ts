import type { ClientRequest } from 'node:http'
import { TLSSocket } from 'node:tls'
import { clearTimeout, setTimeout } from '../time/clock.ts'

const connectingTimeoutMs = 10_000

/** A connection that was not there in time. */
export class ConnectingTimeout extends Error {
  override readonly name = 'ConnectingTimeout'
  readonly isHandshake: boolean

  constructor(isHandshake: boolean) {
    super(`${isHandshake ? 'the TLS handshake' : 'the connection'} took longer than 10 s`)
    this.isHandshake = isHandshake
  }
}

/** Gives a request that needs a new connection as long for it as a load balancer has. */
export function limitConnecting(sent: ClientRequest): void {
  sent.once('socket', (socket) => {
    // The client's connection holds the process.
    socket.unref()
    if (!socket.connecting) return
    let isConnected = false
    const timer = setTimeout(
      () => sent.destroy(new ConnectingTimeout(isConnected)),
      connectingTimeoutMs,
    ).unref()
    const done = (): void => clearTimeout(timer)
    socket.once('connect', () => {
      isConnected = true
    })
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', done)
    socket.once('close', done)
  })
}
