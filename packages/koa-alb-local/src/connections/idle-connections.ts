import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { guarded } from './unforeseen.ts'

interface Use {
  /** Requests that are not answered yet. */
  underWay: number
  /** What had arrived when nothing was under way. */
  bytesAtRest: number
}

/**
 * The connections of an HTTP/1 server on which nothing is under way. Node itself counts those as busy
 * on which nothing was sent yet, as a browser leaves them behind, and follows only the connections of
 * a server that listens itself.
 */
export class IdleConnections {
  readonly #uses = new Map<Socket, Use>()
  readonly #isClosing: () => boolean

  constructor(server: Server, isClosing: () => boolean) {
    this.#isClosing = isClosing
    server.on('connection', (socket: Socket) => {
      this.#uses.set(socket, { underWay: 0, bytesAtRest: socket.bytesRead })
      socket.once('close', () => this.#uses.delete(socket))
    })
    const follow = ({ socket }: IncomingMessage, response: ServerResponse): void =>
      this.#follow(socket, response)
    server.on('request', follow).on('checkExpectation', follow)
  }

  close(): void {
    for (const [socket, { underWay, bytesAtRest }] of this.#uses) {
      if (underWay === 0 && socket.bytesRead === bytesAtRest) socket.destroy()
    }
  }

  #follow(socket: Socket, response: ServerResponse): void {
    const use = this.#uses.get(socket)
    if (!use) return
    use.underWay += 1
    const rest = (): void => {
      use.underWay -= 1
      use.bytesAtRest = socket.bytesRead
      if (use.underWay === 0 && this.#isClosing()) socket.end()
    }
    const giveUp = (): void => void socket.destroy()
    response.once('close', guarded('when a connection came to rest', rest, giveUp))
  }
}
