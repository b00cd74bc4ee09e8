import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { DetailedPeerCertificate } from 'node:tls'
import { uptimeMs } from '../time/clock.ts'
import { clientAddressOf } from './forwarded.ts'

/** What holds for every request on a client's connection. */
export interface ConnectionFacts {
  /** As the logs name the connection. */
  readonly traceId: string
  /** `uptimeMs()` of its begin. */
  readonly openedAt: number
  readonly clientAddress: string
  readonly clientPort: number
  /** The port the client connected to. */
  readonly localPort: number
  readonly localAddress: string
  readonly tls?: TlsFacts
}

export interface TlsFacts {
  /** OpenSSL's name. */
  readonly cipher: string
  /** Such as `TLSv1.3`. */
  readonly protocol: string
  /** The name the client asked for. */
  readonly serverName?: string | undefined
  /** Of the certificate the client was shown. */
  readonly certificateArn: string
  /** Present when the listener asked for one and the client had one. */
  readonly clientCertificate?: DetailedPeerCertificate | undefined
}

const known = new WeakMap<Socket, ConnectionFacts>()

/** Remembers a connection from its begin. */
export function openConnection(socket: Socket, tls?: TlsFacts): ConnectionFacts {
  const facts = {
    traceId: `TID_${randomBytes(16).toString('hex')}`,
    openedAt: uptimeMs(),
    clientAddress: clientAddressOf(socket.remoteAddress),
    clientPort: socket.remotePort ?? 0,
    localPort: socket.localPort ?? 0,
    localAddress: clientAddressOf(socket.localAddress),
    ...(tls && { tls }),
  }
  known.set(socket, facts)
  return facts
}

export function connectionFacts(socket: Socket): ConnectionFacts {
  return known.get(socket) ?? openConnection(socket)
}
