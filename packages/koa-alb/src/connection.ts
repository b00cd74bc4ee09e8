import type { Server } from 'node:http'
import { isIP, Socket } from 'node:net'
import { nextTick, setImmediate } from './clock.ts'
import { lastValue } from './header-lines.ts'

/** Whom a connection tells what happens to it. */
export interface ConnectionOwner {
  /** Called when it is being ended or destroyed. */
  onLost(): void
  /** Called before `close` is emitted. */
  onClosed(error: Error | null): void
  onIdle(): void
  onUncorked(): void
  /** The app wrote to the socket itself. The error of the write. */
  onRawWrite(): Error
}

/** The client end of the connection, as the load balancer reports it. */
interface Peer {
  readonly remoteAddress: string | undefined
  readonly remotePort: number | undefined
  readonly remoteFamily: string | undefined
}

/** Where the client's address comes from. */
export type ClientAddress = 'x-forwarded-for' | 'none'

/** Behind a symbol: an app may hold a Proxy of the socket, which has no private fields. */
const STATE = Symbol('connection')

interface State {
  owner: ConnectionOwner | undefined
  readonly forwardedFor: string | undefined
  peer: Peer | undefined
  writtenBytes: number
  unflushedBytes: number
}

type Callback = (error?: Error | null) => void

/** The connection an exchange seems to run on: a real `net.Socket` that no handle is behind. */
export class Connection extends Socket {
  readonly [STATE]: State

  static {
    const get = (of: (state: State) => unknown): PropertyDescriptor & ThisType<Connection> => ({
      get() {
        return of(this[STATE])
      },
    })
    // Accessors, as those of net.Socket that they stand for; most requests never ask.
    Object.defineProperties(Connection.prototype, {
      // What error trackers and loggers print, and branch on.
      constructor: { value: Socket, configurable: true, writable: true },
      pending: { get: () => false },
      remoteAddress: get((state) => peerOf(state).remoteAddress),
      remotePort: get((state) => peerOf(state).remotePort),
      remoteFamily: get((state) => peerOf(state).remoteFamily),
      bytesWritten: get((state) => state.writtenBytes),
      writableLength: get((state) => state.unflushedBytes),
    })
  }

  /** As on every socket of a server; `req.socket.server` is in wide use. */
  readonly server: Server
  declare encrypted?: true

  constructor(
    server: Server,
    rawHeaders: readonly string[],
    clientAddress: ClientAddress,
    owner: ConnectionOwner,
  ) {
    super()
    this.server = server
    this[STATE] = {
      owner,
      forwardedFor: clientAddress === 'none' ? undefined : lastValue(rawHeaders, clientAddress),
      peer: undefined,
      writtenBytes: 0,
      unflushedBytes: 0,
    }
    // As a server does for its sockets; the owner learns of errors by `_destroy`.
    this.on('error', ignore)
    // Only a TLS socket has the property; frameworks test it for truth. The load balancer writes the
    // field itself, whatever it does with x-forwarded-for.
    if (lastValue(rawHeaders, 'x-forwarded-proto') === 'https') this.encrypted = true
  }

  /** The time in which nothing passes; no timer outlives the exchange. */
  override setTimeout(timeoutMs: number, callback?: () => void): this {
    if (!this[STATE].owner) return this
    super.setTimeout(timeoutMs, callback)
    this.removeListener('timeout', onTimeout)
    // The server's own listener is there before any of the app.
    if (timeoutMs > 0) this.prependListener('timeout', onTimeout)
    return this
  }

  /** Something passed: the idle time starts anew. */
  touch(): void {
    // Node stores an idle time that it then refuses.
    const { timeout, destroyed } = this
    if (typeof timeout === 'number' && timeout > 0 && !destroyed) super.setTimeout(timeout)
  }

  /** Bytes of a response, without those that frame it. */
  countBytes(bytes: number): void {
    this[STATE].writtenBytes += bytes
    if (this.writableCorked > 0) this[STATE].unflushedBytes += bytes
    this.touch()
  }

  /** What was written has left. */
  flush(): void {
    this[STATE].unflushedBytes = 0
  }

  override uncork(): void {
    super.uncork()
    if (this.writableCorked > 0) return
    if (!this.destroyed) this.flush()
    this[STATE].owner?.onUncorked()
  }

  override _read(): void {}

  override _write(_chunk: unknown, _encoding: BufferEncoding, callback: Callback): void {
    callback(this[STATE].owner?.onRawWrite())
  }

  override _writev(_chunks: unknown, callback: Callback): void {
    this._write(undefined, 'utf8', callback)
  }

  override _final(callback: Callback): void {
    this[STATE].owner?.onLost()
    setImmediate(finalize, this, callback)
  }

  /** Without a handle Node would take it for a socket that was closed before. */
  override resetAndDestroy(): this {
    return this.destroy()
  }

  override destroy(error?: Error): this {
    const { timeout } = this
    if (timeout && !this.destroyed) {
      super.setTimeout(0)
      // It keeps the value, as a socket that has a handle.
      Object.assign(this, { timeout })
    }
    return super.destroy(error)
  }

  /** `close` comes with a turn of the event loop and says whether there was an error, as with a handle. */
  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this[STATE].owner?.onLost()
    callback(error)
    setImmediate(close, this, error)
  }

  /**
   * Lets go of the owner: the response is complete. An invocation is one connection, so that
   * nothing that waits for its end may wait for ever.
   */
  release(): void {
    if (this.timeout && !this.destroyed) super.setTimeout(0)
    this[STATE].owner = undefined
    // After `close` of the request, as from a server.
    if (this.listenerCount('close') > 0) nextTick(destroy, this)
    // Nobody waits for events. The setter is Node's own, for streams that destroy themselves.
    else (this as { destroyed: boolean }).destroyed = true
  }
}

function ignore(): void {}

/** The emitter calls it on its socket. */
function onTimeout(this: Connection): void {
  this[STATE].owner?.onIdle()
}

function finalize(connection: Connection, callback: Callback): void {
  callback()
  // A client that sees the end of the connection waits for no further response.
  setImmediate(destroy, connection)
}

function destroy(connection: Connection): void {
  connection.destroy()
}

function close(connection: Connection, error: Error | null): void {
  connection.flush()
  connection[STATE].owner?.onClosed(error)
  connection.emit('close', error !== null)
}

function peerOf(state: State): Peer {
  state.peer ??= toPeer(state.forwardedFor)
  return state.peer
}

/**
 * The load balancer appends its client to `x-forwarded-for`, unless an attribute tells it not to; all
 * that stands before the last entry is what that client claims.
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
