import { X509Certificate } from 'node:crypto'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls'
import { openConnection } from '../request/connection-facts.ts'
import type { Listener } from '../rules/listener.ts'
import { createHttp1Server, type ListenerServer } from './http1.ts'
import { serveHttp2 } from './http2.ts'
import { guarded } from './unforeseen.ts'

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

export interface TlsSettings {
  /** By ARN; the first one is for clients that name no host, or one that none is for. */
  readonly certificates: ReadonlyMap<string, Certificate>
  readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  readonly isHttp2Enabled: boolean
  readonly clientCertificates:
    | { readonly mode: 'off' | 'passthrough' }
    | { readonly mode: 'verify'; readonly trustStore: string }
}

interface NamedContext {
  readonly arn: string
  readonly certificate: X509Certificate
  readonly context: SecureContext
}

/** A server, not listening yet, for HTTP/1 and HTTP/2 over TLS. */
export function createHttpsServer(listener: Listener, settings: TlsSettings): ListenerServer {
  const http1 = createHttp1Server(listener)
  const idle = trackIdle(http1)
  const sessions = new Set<ServerHttp2Session>()
  const contexts = contextsFor(settings)
  const clients = settings.clientCertificates
  const server = createServer({
    ALPNProtocols: settings.isHttp2Enabled ? ['h2', 'http/1.1'] : ['http/1.1'],
    minVersion: settings.minVersion,
    ...settings.certificates.values().next().value,
    SNICallback: (name, done) => done(null, contextFor(contexts, name)?.context),
    requestCert: clients.mode !== 'off',
    rejectUnauthorized: clients.mode === 'verify',
    ...(clients.mode === 'verify' && { ca: clients.trustStore }),
  })
  const serve = (socket: TLSSocket): void => {
    openConnection(socket, factsOf(socket, contexts, clients.mode !== 'off'))
    if (socket.alpnProtocol !== 'h2') {
      idle.add(socket)
      socket.once('close', () => idle.delete(socket))
      // Documented: a connection may be handed to a server that does not listen itself.
      http1.emit('connection', socket)
      return
    }
    const session = serveHttp2(socket, listener)
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
  }
  server.on(
    'secureConnection',
    guarded('when a connection was secured', serve, (socket) => void socket.destroy()),
  )
  return {
    server,
    closeIdle() {
      for (const socket of idle) socket.destroy()
      for (const session of sessions) session.close()
    },
  }
}

// Node follows the connections only of a server that listens itself.
function trackIdle(server: Server): Set<Socket> {
  const idle = new Set<Socket>()
  const track = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    idle.delete(socket)
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket)
    })
  }
  server.on('request', track).on('checkExpectation', track)
  return idle
}

function contextsFor({ certificates, minVersion }: TlsSettings): NamedContext[] {
  return [...certificates].map(([arn, { cert, key }]) => ({
    arn,
    certificate: new X509Certificate(cert),
    context: createSecureContext({ cert, key, minVersion }),
  }))
}

function contextFor(contexts: readonly NamedContext[], name: string): NamedContext | undefined {
  return contexts.find(({ certificate }) => certificate.checkHost(name)) ?? contexts[0]
}

function factsOf(
  socket: TLSSocket,
  contexts: readonly NamedContext[],
  asksForCertificate: boolean,
) {
  const serverName = socket.servername || undefined
  const certificate = asksForCertificate ? socket.getPeerCertificate(true) : undefined
  return {
    cipher: socket.getCipher().name,
    protocol: socket.getProtocol() ?? '-',
    serverName,
    certificateArn: contextFor(contexts, serverName ?? '')?.arn ?? '-',
    // An empty object stands for none.
    clientCertificate: certificate?.raw ? certificate : undefined,
  }
}
