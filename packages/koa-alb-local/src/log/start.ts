import type { ConnectionFacts } from '../request/connection-facts.ts'
import type { RequestLine } from '../request/received.ts'
import type { LogEntry } from './log.ts'
import type { ObservedListener } from './observation.ts'

/** What is known of an exchange at its begin. */
export type Start = Pick<
  LogEntry,
  | 'type'
  | 'client'
  | 'connectionTraceId'
  | 'tls'
  | 'listenerPort'
  | 'localAddress'
  | 'loadBalancer'
  | 'method'
  | 'target'
  | 'httpVersion'
  | 'host'
  | 'userAgent'
>

/** @param values of the header lines; absent when no request could be parsed */
export function startOf(
  { protocol, port, loadBalancer }: Omit<ObservedListener, 'headers' | 'rules'>,
  connection: ConnectionFacts,
  { method, target, httpVersion, isHttp2 }: RequestLine,
  values?: ReadonlyMap<string, readonly string[]>,
): Start {
  return {
    type: isHttp2 ? 'h2' : protocol,
    client: `${connection.clientAddress}:${connection.clientPort}`,
    listenerPort: port ?? connection.localPort,
    localAddress: connection.localAddress,
    loadBalancer,
    method,
    target,
    httpVersion,
    host: values?.get('host')?.[0],
    userAgent: values?.get('user-agent')?.[0],
    connectionTraceId: connection.traceId,
    ...(connection.tls && { tls: connection.tls }),
  }
}
