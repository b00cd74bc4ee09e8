import type { ClientRequest } from 'node:http'
import { Refusal } from '../answer/refusal.ts'
import type { Server } from '../targets/server.ts'
import { ConnectingTimeout } from './connecting.ts'

/**
 * What the client gets when a server did not answer a request.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function noAnswer({ address }: Server, sent: ClientRequest, cause: unknown): Refusal {
  const { code = '', message } = cause as NodeJS.ErrnoException
  if (cause instanceof ConnectingTimeout) {
    return new Refusal(cause.isHandshake ? 502 : 504, `${address}: ${message}`)
  }
  if (code === 'ETIMEDOUT') return new Refusal(504, `${address} cannot be reached: ${message}`)
  if (code.startsWith('HPE_')) {
    return new Refusal(502, `${address} answered with no valid HTTP response: ${message}`)
  }
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    const remedy = sent.reusedSocket
      ? '; it had been kept open from an earlier request, so let the server keep connections for longer than the idle timeout (server.keepAliveTimeout)'
      : ''
    return new Refusal(502, `${address} closed the connection before it answered${remedy}`)
  }
  return new Refusal(502, `${address} cannot be reached: ${message || code}`)
}

/** Whether there has never been a connection. */
export function isUnconnected(cause: unknown): boolean {
  const { syscall = '', code = '' } = cause as NodeJS.ErrnoException
  return (
    cause instanceof ConnectingTimeout ||
    cause instanceof AggregateError ||
    /^(connect|getaddrinfo)/.test(syscall) ||
    /^(E(CONNREFUSED|PROTO)|ERR_SSL_)/.test(code)
  )
}

/** The same when it says nothing. */
export function silent({ address }: Server, idleTimeoutMs: number): Refusal {
  return new Refusal(
    504,
    `${address} said nothing for the idle timeout of ${idleTimeoutMs / 1000} s`,
  )
}
