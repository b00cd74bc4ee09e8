import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import type { DetailedPeerCertificate } from 'node:tls'

/** What holds for every request on a client's connection. */
export interface ConnectionFacts {
  /** As the logs name the connection. */
  readonly traceId: string
  /** `performance.now()` of its begin. */
  readonly openedAt: number
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
  const traceId = `TID_${randomBytes(16).toString('hex')}`
  const facts = { traceId, openedAt: performance.now(), ...(tls && { tls }) }
  known.set(socket, facts)
  return facts
}

export function connectionFacts(socket: Socket): ConnectionFacts {
  return known.get(socket) ?? openConnection(socket)
}
