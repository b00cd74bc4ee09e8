import { quoted, timeOf } from './access-log.ts'

/** One connection of a client, as it was established or not. */
export interface ConnectionEntry {
  readonly establishedAt: Date
  readonly clientAddress: string
  readonly clientPort: number
  readonly listenerPort: number
  /** Absent on HTTP listeners. */
  readonly tls?: {
    /** Absent when no handshake came to an end, as is all else. */
    readonly protocol?: string
    /** OpenSSL's name. */
    readonly cipher?: string
    readonly handshakeMs?: number
    readonly clientCertificate?: {
      readonly subject: string
      /** `NotBefore=…;NotAfter=…` */
      readonly validity: string
      readonly serialNumber: string
    }
    /** Absent when the connection was established. */
    readonly failure?: ConnectionFailure
  }
  /** As in the access log. */
  readonly traceId: string
  /** The id of the load balancer, as in its ARN: `app/name/id`. */
  readonly loadBalancer: string
  /** The address the client connected to. */
  readonly localAddress: string
}

export type ConnectionFailure =
  | 'ClientCertExpired'
  | 'ClientCertNotYetValid'
  | 'ClientCertUntrusted'
  | 'UnmappedConnectionError'

/**
 * One connection as a line of a load balancer's connection log: 15 fields, no line end.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-connection-logs.html
 */
export function formatConnectionLog(entry: ConnectionEntry): string {
  const { tls } = entry
  const certificate = tls?.clientCertificate
  return [
    timeOf(entry.establishedAt),
    entry.clientAddress,
    entry.clientPort,
    entry.listenerPort,
    tls?.protocol ?? '-',
    tls?.cipher ?? '-',
    tls?.handshakeMs === undefined ? '-' : (tls.handshakeMs / 1000).toFixed(3),
    quoted(certificate?.subject),
    certificate?.validity ?? '-',
    certificate?.serialNumber ?? '-',
    tls ? statusOf(tls.failure) : '-',
    entry.traceId,
    '-', // The key exchange: Node tells clients alone.
    entry.loadBalancer,
    entry.localAddress,
  ].join(' ')
}

function statusOf(failure: ConnectionFailure | undefined): string {
  return failure === undefined ? 'Success' : `Failed:${failure}`
}
