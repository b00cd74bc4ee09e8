import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { closesConnection, parseResponse, type ReceivedResponse } from './response-bytes.ts'

// What a server has sent is there within one turn of the event loop that both live in.
const silenceTicks = 5
const tickMs = 20

/** What is known of the server's side of an exchange. */
export interface Progress {
  /** Whether it has nothing more to send: silence then ends the response. */
  isAnswered(): boolean
  whenAnswered(): Promise<unknown>
}

/** A client of one server that sends bytes as they are and keeps its connection while it can. */
export class ByteClient {
  readonly #port: number
  #socket: Socket | undefined
  #strayBytes = 0
  #isBusy = false

  constructor(port: number) {
    this.#port = port
  }

  async exchange(request: Buffer, isHead: boolean, progress: Progress): Promise<ReceivedResponse> {
    // An exchange that was given up may still be answered.
    if (this.#isBusy) this.close()
    this.#isBusy = true
    const socket = await this.#connected()
    const { response, rest } = await receive(socket, request, isHead, progress)
    this.#strayBytes += rest
    await progress.whenAnswered()
    // The first turn of the event loop may be one that has looked at the socket already.
    await turn()
    await turn()
    const hasExcess = this.#strayBytes > 0
    this.#strayBytes = 0
    this.#isBusy = false
    if (hasExcess || closesConnection(response)) this.close()
    return hasExcess ? { ...response, end: 'excess' } : response
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #connected(): Promise<Socket> {
    if (this.#socket) return this.#socket
    const socket = connect(this.#port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    socket.on('data', (bytes) => {
      if (socket.listenerCount('data') === 1) this.#strayBytes += bytes.length
    })
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined
    })
    socket.on('error', () => {})
    this.#socket = socket
    return socket
  }
}

function receive(
  socket: Socket,
  request: Buffer,
  isHead: boolean,
  progress: Progress,
): Promise<{ response: ReceivedResponse; rest: number }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let silentTicks = 0
    const settle = (response: ReceivedResponse, rest: number): void => {
      clearInterval(clock)
      socket.off('data', onData).off('close', onClose)
      resolve({ response, rest })
    }
    const stop = (end: 'closed' | 'silent'): void => {
      const parsed = parseResponse(Buffer.concat(chunks), isHead, end === 'closed')
      settle(parsed?.response ?? { statusLine: '', lines: [], body: Buffer.alloc(0), end }, 0)
    }
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk)
      silentTicks = 0
      const bytes = Buffer.concat(chunks)
      const parsed = parseResponse(bytes, isHead, false)
      if (parsed) settle(parsed.response, bytes.length - parsed.length)
    }
    const onClose = (): void => stop('closed')
    const clock = setInterval(() => {
      silentTicks = progress.isAnswered() ? silentTicks + 1 : 0
      if (silentTicks > silenceTicks) stop('silent')
    }, tickMs)
    socket.on('data', onData).on('close', onClose)
    socket.write(request)
  })
}
