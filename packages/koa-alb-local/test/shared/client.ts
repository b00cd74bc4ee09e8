import { once } from 'node:events'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** A TCP client; texts have one character per byte. */
export interface Client {
  write(bytes: string | Buffer): void
  /** Everything received, once it ends with this text. */
  until(ending: string): Promise<string>
  /** Everything received, once the server has closed the connection. */
  readonly closed: Promise<string>
  /** Ends the sending side. */
  end(): void
  destroy(): void
}

export async function open(port: number): Promise<Client> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  let received = ''
  socket.setEncoding('latin1').on('data', (text) => {
    received += text
  })
  // A server that stops reading resets the connection; what it sent before is what counts.
  socket.on('error', () => {})
  const closed = new Promise<string>((resolve) => {
    socket.once('end', () => resolve(received)).once('close', () => resolve(received))
  })
  return {
    write: (bytes) => void socket.write(bytes, 'latin1'),
    async until(ending) {
      while (!received.endsWith(ending)) await once(socket, 'data')
      return received
    },
    closed,
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  }
}

/** Sends the bytes and returns what comes back until the server closes the connection. */
export async function send(port: number, bytes: string | Buffer): Promise<string> {
  const client = await open(port)
  client.write(bytes)
  return client.closed
}
