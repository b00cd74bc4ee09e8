import { isIPv6, Socket } from 'node:net'
import { AlbError } from './errors.ts'
import type { Peer } from './request.ts'

type Callback = (error?: Error | null) => void

/** The connection an exchange seems to run on: a real `net.Socket` that no handle is behind. */
export class Connection extends Socket {
  override readonly remoteAddress: string | undefined
  override readonly remotePort: number | undefined
  override readonly remoteFamily: string | undefined
  override readonly pending = false

  constructor(peer: Peer) {
    super()
    this.remoteAddress = peer.address
    this.remotePort = peer.port
    this.remoteFamily = peer.address && (isIPv6(peer.address) ? 'IPv6' : 'IPv4')
    // Only a TLS socket has the property; frameworks test it for truth.
    if (peer.encrypted) Object.assign(this, { encrypted: true })
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

  /** As `net.Socket` with a handle: `close` says whether there was an error. */
  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (this.timeout) this.setTimeout(0)
    callback(error)
    process.nextTick(() => this.emit('close', error !== null))
  }
}
