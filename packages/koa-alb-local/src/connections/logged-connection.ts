import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { ConnectionEntry, ConnectionFailure } from '../log/connection-log.ts'
import { connectionFacts, type TlsFacts } from '../request/connection-facts.ts'
import type { Listener } from '../rules/listener.ts'
import { verifiedFields } from './client-certificate.ts'

/** Logs a connection once it is established, or failed to be. */
export function logConnection(
  listener: Listener,
  socket: Socket,
  tls: ConnectionEntry['tls'] | undefined,
): void {
  if (!listener.logConnection) return
  const { traceId, clientAddress, clientPort, localPort, localAddress } = connectionFacts(socket)
  listener.logConnection({
    establishedAt: new Date(),
    clientAddress,
    clientPort,
    listenerPort: listener.port ?? localPort,
    ...(tls && { tls }),
    traceId,
    loadBalancer: listener.loadBalancer,
    localAddress,
  })
}

/** What the log has of a connection with TLS that is established. */
export function establishedTls(facts: TlsFacts, handshakeMs: number): ConnectionEntry['tls'] {
  const { protocol, cipher, clientCertificate } = facts
  return {
    protocol,
    cipher,
    handshakeMs,
    ...(clientCertificate && { clientCertificate: shown(clientCertificate) }),
  }
}

function shown(leaf: NonNullable<TlsFacts['clientCertificate']>) {
  const fields = verifiedFields(leaf)
  return {
    subject: fields.get('_subject') ?? '-',
    validity: fields.get('_validity') ?? '-',
    serialNumber: fields.get('_serial_number') ?? '-',
  }
}

const failures = new Map<string, ConnectionFailure>([
  ['CERT_HAS_EXPIRED', 'ClientCertExpired'],
  ['CERT_NOT_YET_VALID', 'ClientCertNotYetValid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'ClientCertUntrusted'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'ClientCertUntrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ClientCertUntrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ClientCertUntrusted'],
])

/** Why a handshake failed: of certificates by OpenSSL's code, which Node leaves on the socket. */
export function failureOf({ authorizationError }: Partial<TLSSocket>): ConnectionFailure {
  return failures.get(String(authorizationError)) ?? 'UnmappedConnectionError'
}
