import { once } from 'node:events'
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { type Agent, request as httpsRequest } from 'node:https'
import type { ConnectionOptions, PeerCertificate, TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'

export interface TlsReply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
  /** What the server showed. */
  readonly certificate: PeerCertificate
}

type Headers = Record<string, string | string[]>
interface Request {
  readonly method?: string
  readonly target?: string
  readonly headers?: Headers
  readonly body?: string
  readonly tls?: ConnectionOptions
  /** Keeps the connection; by default it ends with the response. */
  readonly agent?: Agent
}

/** Sends one HTTP/1.1 request over TLS; the certificate is not checked. */
export function sendTls(url: string, request: Request = {}): Promise<TlsReply> {
  const { method = 'GET', target = '/', headers = {}, body, tls = {}, agent = false } = request
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const options = {
      hostname,
      port,
      method,
      path: target,
      headers,
      agent,
      rejectUnauthorized: false,
      ...tls,
    }
    const outgoing = httpsRequest(options, (response) => {
      // Over https the socket is one of TLS.
      const certificate = (response.socket as TLSSocket).getPeerCertificate()
      let text = ''
      response.setEncoding('utf8').on('data', (piece) => {
        text += piece
      })
      response.once('end', () => {
        const { statusCode: status = 0, headers: received } = response
        resolve({ status, headers: received, body: text, certificate })
      })
    })
    outgoing.once('error', reject).end(body)
  })
}

/** Opens an HTTP/2 connection for the current test. */
export function connectHttp2(url: string, tls: ConnectionOptions = {}): ClientHttp2Session {
  const session = connect(url, { rejectUnauthorized: false, ...tls })
  session.on('error', () => {})
  onTestFinished(() => session.destroy())
  return session
}

export interface Http2Reply {
  readonly headers: IncomingHttpHeaders & { ':status'?: number }
  readonly body: string
}

export async function request2(
  session: ClientHttp2Session,
  headers: Headers,
  body?: string,
): Promise<Http2Reply> {
  const stream = session.request(headers, { endStream: body === undefined })
  if (body !== undefined) stream.end(body)
  const [received] = await once(stream, 'response')
  let text = ''
  stream.setEncoding('utf8').on('data', (piece) => {
    text += piece
  })
  await once(stream, 'close')
  return { headers: received, body: text }
}
