import { X509Certificate } from 'node:crypto'
import type { ServerHttp2Session } from 'node:http2'
import type { Server, Socket } from 'node:net'
import {
  createSecureContext,
  createServer,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket,
} from 'node:tls'
import { openConnection } from '../request/connection-facts.ts'
import { uptimeMs } from '../time/clock.ts'
import type { CurrentListener } from './current-listener.ts'
import { createHttp1Server, type ListenerServer, setTimeouts } from './http1.ts'
import { serveHttp2 } from './http2.ts'
import { establishedTls, failureOf, logConnection } from './logged-connection.ts'
import { guarded } from './unforeseen.ts'
import { refusePlainHttp } from './wrong-scheme.ts'

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
    | {
        readonly mode: 'verify'
        readonly trustStore: string
        /** Whether a certificate is good after its last day, too. */
        readonly ignoresExpiry: boolean
      }
}

interface NamedContext {
  readonly arn: string
  readonly certificate: X509Certificate
  readonly context: SecureContext
}

/** A server, not listening yet, for HTTP/1 and HTTP/2 over TLS. */
export function createHttpsServer(
  listener: CurrentListener,
  settings: TlsSettings,
): ListenerServer<TlsSettings> {
  const http1 = createHttp1Server(listener)
  const sessions = new Set<ServerHttp2Session>()
  let contexts = contextsFor(settings)
  const clients = settings.clientCertificates
  const server = createServer({
    ALPNProtocols: settings.isHttp2Enabled ? ['h2', 'http/1.1'] : ['http/1.1'],
    ...secureContextFor(settings),
    SNICallback: (name, done) => done(null, contextFor(contexts, name)?.context),
    requestCert: clients.mode !== 'off',
    rejectUnauthorized: clients.mode === 'verify' && !clients.ignoresExpiry,
  })
  const serve = (socket: TLSSocket): void => {
    // With `rejectUnauthorized` Node itself does not let others get here.
    if (clients.mode === 'verify' && !isTrusted(socket)) {
      logConnection(listener.now, socket, { failure: failureOf(socket) })
      socket.destroy()
      return
    }
    const facts = factsOf(socket, contexts, clients.mode !== 'off')
    openConnection(socket, facts)
    const begin = handshakes.get(addressOf(socket))?.begin ?? uptimeMs()
    logConnection(listener.now, socket, establishedTls(facts, uptimeMs() - begin))
    if (socket.alpnProtocol !== 'h2') {
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
  const handshakes = trackHandshakes(server)
  server.on(
    'tlsClientError',
    guarded('when a handshake failed', (error: Error, socket: TLSSocket) => {
      const plain = handshakes.get(addressOf(socket))?.socket
      logConnection(listener.now, plain ?? socket, { failure: failureOf(socket) })
      refusePlainHttp(error, plain, listener)
    }),
  )
  return {
    server,
    refresh(next) {
      contexts = contextsFor(next)
      server.setSecureContext(secureContextFor(next))
      setTimeouts(http1, listener.now)
    },
    closeIdle() {
      http1.closeIdleConnections()
      for (const { socket } of handshakes.values()) socket.destroy()
      for (const session of sessions) session.close()
    },
  }
}

/**
 * What of the settings cannot change while the server listens: Node asks for client certificates, and
 * offers protocols, as it did when the server was made.
 */
export function fixedPartOf(settings: TlsSettings | undefined): string {
  if (!settings) return 'plain'
  const { isHttp2Enabled, clientCertificates } = settings
  const ignoresExpiry = clientCertificates.mode === 'verify' && clientCertificates.ignoresExpiry
  return JSON.stringify([isHttp2Enabled, clientCertificates.mode, ignoresExpiry])
}

function secureContextFor(settings: TlsSettings): SecureContextOptions {
  const { certificates, minVersion, clientCertificates: clients } = settings
  return {
    minVersion,
    ...certificates.values().next().value,
    ...(clients.mode === 'verify' && { ca: clients.trustStore }),
  }
}

function isTrusted({ authorized, authorizationError }: TLSSocket): boolean {
  // Node's types have an Error there; it is the code of one.
  return authorized || String(authorizationError) === 'CERT_HAS_EXPIRED'
}

interface Handshake {
  readonly socket: Socket
  readonly begin: number
}

/** The connections that are not secure yet, by the client's address: nothing public links the two. */
function trackHandshakes(server: Server): ReadonlyMap<string, Handshake> {
  const handshakes = new Map<string, Handshake>()
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket)
    handshakes.set(address, { socket, begin: uptimeMs() })
    socket.once('close', () => handshakes.delete(address))
  })
  server.on('secureConnection', (socket: Socket) => handshakes.delete(addressOf(socket)))
  return handshakes
}

function addressOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function contextsFor(settings: TlsSettings): NamedContext[] {
  return [...settings.certificates].map(([arn, pair]) => ({
    arn,
    certificate: new X509Certificate(pair.cert),
    context: createSecureContext({ ...secureContextFor(settings), ...pair }),
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
