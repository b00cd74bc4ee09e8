import type { Server } from 'node:http'
import { isIP, Socket } from 'node:net'
import { AlbError } from './errors.ts'
import { lastValue } from './header-lines.ts'

/** Whom a connection tells that it is lost. */
export interface ConnectionOwner {
  /** Called before `close` is emitted. */
  onConnectionClosed(error: Error | null): void
  onConnectionTimeout(): void
}

/** The client end of the connection, as the load balancer reports it. */
interface Peer {
  readonly remoteAddress: string | undefined
  readonly remotePort: number | undefined
  readonly remoteFamily: string | undefined
}

type Callback = (error?: Error | null) => void

/** The connection an exchange seems to run on: a real `net.Socket` that no handle is behind. */
export class Connection extends Socket {
  #owner: ConnectionOwner | undefined
  readonly #forwardedFor: string | undefined
  #peer: Peer | undefined

  static {
    // Accessors, as those of net.Socket that they stand for; most requests never ask.
    const peer = (key: keyof Peer): PropertyDescriptor & ThisType<Connection> => ({
      get() {
        this.#peer ??= toPeer(this.#forwardedFor)
        return this.#peer[key]
      },
    })
    Object.defineProperties(Connection.prototype, {
      pending: { get: () => false },
      remoteAddress: peer('remoteAddress'),
      remotePort: peer('remotePort'),
      remoteFamily: peer('remoteFamily'),
    })
  }

  /** As on every socket of a server; `req.socket.server` is in wide use. */
  readonly server: Server

  constructor(server: Server, rawHeaders: readonly string[], owner: ConnectionOwner) {
    super()
    this.server = server
    this.#forwardedFor = lastValue(rawHeaders, 'x-forwarded-for')
    this.#owner = owner
    // As a server does for its sockets; the owner learns of errors by `_destroy`.
    this.on('error', ignore)
    // Only a TLS socket has the property; frameworks test it for truth.
    if (lastValue(rawHeaders, 'x-forwarded-proto') === 'https') {
      Object.assign(this, { encrypted: true })
    }
  }

  override setTimeout(timeoutMs: number, callback?: () => void): this {
    this.removeListener('timeout', this.#onTimeout)
    if (timeoutMs > 0) this.on('timeout', this.#onTimeout)
    return super.setTimeout(timeoutMs, callback)
  }

  // The emitter calls it on this socket.
  #onTimeout(): void {
    this.#owner?.onConnectionTimeout()
  }

  override _read(): void {}

  override _write(_chunk: unknown, _encoding: BufferEncoding, callback: Callback): void {
    callback(
      new AlbError(
        'ALB_ERR_RAW_SOCKET_WRITE',
        'The app wrote to the socket itself; only a response written through res can be sent',
      ),
    )
  }

  override _writev(_chunks: unknown, callback: Callback): void {
    this._write(undefined, 'utf8', callback)
  }

  override _final(callback: Callback): void {
    callback()
    // A client that sees the end of the connection waits for no further response.
    process.nextTick(() => this.destroy())
  }

  /** `close` says whether there was an error, as that of a socket with a handle. */
  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (this.timeout) this.setTimeout(0)
    callback(error)
    process.nextTick(() => {
      this.#owner?.onConnectionClosed(error)
      this.emit('close', error !== null)
    })
  }

  /**
   * Lets go of the owner: the response is complete. An invocation is one connection, so that
   * nothing that waits for its end may wait for ever.
   */
  release(): void {
    this.#owner = undefined
    if (this.timeout) this.setTimeout(0)
    // After `close` of the request, as from a server.
    if (this.listenerCount('close') > 0) setImmediate(() => this.destroy())
  }
}

function ignore(): void {}

/**
 * The load balancer appends its client to `x-forwarded-for`; all that stands before the last entry
 * is what that client claims.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html
 */
function toPeer(forwardedFor = ''): Peer {
  const client = forwardedFor.slice(forwardedFor.lastIndexOf(',') + 1).trim()
  // With client ports: `192.0.2.1:5000`, `[2001:db8::1]:5000`.
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(client) ?? []
  const address = bracketed ?? plain ?? client
  const version = isIP(address)
  return {
    remoteAddress: version ? address : undefined,
    remotePort: port === undefined ? undefined : Number(port),
    remoteFamily: version ? `IPv${version}` : undefined,
  }
}
