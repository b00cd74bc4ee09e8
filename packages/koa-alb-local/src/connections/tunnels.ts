import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { headBytes, type UpgradedAnswer } from '../answer/answer.ts'
import { handOver } from './request-feed.ts'

/** The connections that speak another protocol by now, such as WebSocket. */
export class Tunnels {
  readonly #open = new Set<Socket>()

  /** Tells the client, and from then on passes what either side sends. Returns the bytes of the head. */
  open(
    request: IncomingMessage,
    response: ServerResponse,
    { status, phrase, lines, upgraded }: UpgradedAnswer,
    onOut: () => void,
  ): number {
    const { socket } = request
    const { socket: server, firstBytes } = upgraded
    if (response.destroyed) {
      server.destroy()
      return 0
    }
    this.#open.add(socket)
    response.sendDate = false
    response.writeHead(status, phrase, lines.flat())
    response.flushHeaders()
    onOut()
    socket.write(firstBytes)
    handOver(socket)
    socket.pipe(server).pipe(socket)
    // Node ends its side with the client's.
    socket.once('end', () => server.unpipe(socket))
    server.once('close', () => {
      // A server that broke off is no end that the client could take for one.
      if (!server.readableEnded) socket.destroy()
    })
    socket.once('close', () => {
      this.#open.delete(socket)
      server.destroy()
    })
    return headBytes(phrase, lines) + '\r\n'.length
  }

  /** Nothing is under way on them that would end. */
  close(): void {
    for (const socket of this.#open) socket.destroy()
  }
}
