import type { Socket } from 'node:net'
import { Refusal } from '../answer/refusal.ts'
import { Connection } from './connection.ts'
import type { CurrentListener } from './current-listener.ts'

// A load balancer only closes, which says nothing at a desk. The page and its words are nginx's.

/** A client that begins a TLS handshake with an HTTP listener; it may show what it got in its place. */
export function tlsToHttp(): Refusal {
  return new Refusal(
    400,
    'the client speaks TLS, this listener HTTP: is it http:// that is meant?',
    {
      sentence: 'The TLS request was sent to HTTP port',
    },
  )
}

// By OpenSSL, which knows requests by their first four letters: GET, HEAD, POST, PUT and CONNECT.
const plainRequests: readonly unknown[] = ['ERR_SSL_HTTP_REQUEST', 'ERR_SSL_HTTPS_PROXY_REQUEST']

/** Answers a client that sends a request without TLS, when that is why its handshake failed. */
export function refusePlainHttp(
  { code }: NodeJS.ErrnoException,
  socket: Socket | undefined,
  listener: CurrentListener,
): void {
  if (!socket || !plainRequests.includes(code)) return
  const refusal = new Refusal(
    400,
    'the client speaks HTTP without TLS, this listener HTTPS: is it https:// that is meant?',
    { sentence: 'The plain HTTP request was sent to HTTPS port' },
  )
  const connection = new Connection(socket, listener, () => {
    throw new Error('no request comes before its TLS')
  })
  connection.fail(refusal)
}
