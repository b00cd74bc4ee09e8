import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What becomes of one process that debuggers reach through the port. */
export interface DebuggedProcess {
  /** Whether the line is Node's own, on its debugger. */
  reads(line: string): boolean
  ended(): void
}

// Node prints these to standard error.
const listening = /^Debugger listening on ws:\/\/127\.0\.0\.1:(\d+)\//
const leaving = /^Waiting for the debugger to disconnect\.\.\.$/
const others = /^(?:For help, see: https:\/\/nodejs\.org\/|Debugger ending on ws:\/\/)/

const mostTried = 100

/** Has a process listen for debuggers on a free port, which it prints. */
export const debuggedFlag = '--inspect=127.0.0.1:0'

/**
 * A port for debuggers that stays while the processes behind it are replaced: a connection leads to
 * the one that started last, and waits while there is none. Two of them overlap in a live reload, so
 * that none could have the port itself.
 */
export class DebugPort {
  readonly #server = createServer((client) => this.#take(client))
  readonly #clients = new Set<Socket>()
  /** Connections by the port of the process behind them. */
  readonly #attached = new Map<Socket, number>()
  #current: number | undefined
  port = 0

  /**
   * Listens on the first free port from this one on; 0 takes any.
   * @throws Error when there is none
   */
  static async open(first: number): Promise<DebugPort> {
    const last = first === 0 ? 0 : Math.min(first + mostTried, 65_535)
    for (let tried = first; ; tried += 1) {
      try {
        const debugPort = new DebugPort()
        await debugPort.#listen(tried)
        return debugPort
      } catch (error) {
        if (Object(error).code !== 'EADDRINUSE' || tried >= last) throw error
      }
    }
  }

  /** For a process that is about to start. */
  nextProcess(): DebuggedProcess {
    let own: number | undefined
    return {
      reads: (line) => {
        const [, port] = listening.exec(line) ?? []
        if (port !== undefined) {
          // One that it has forked says the same of itself.
          if (own !== undefined) return false
          own = Number(port)
          this.#leadTo(own)
          return true
        }
        // It would wait for as long as a debugger stays, which may be a day.
        if (leaving.test(line)) {
          this.#detach(own)
          return true
        }
        return others.test(line)
      },
      ended: () => {
        if (this.#current === own) this.#current = undefined
      },
    }
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close')
    this.#server.close()
    for (const client of this.#clients) client.destroy()
    await closed
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
    // Such as no descriptor for one more connection; its client fails by itself.
    this.#server.on('error', () => {})
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
    this.port = address.port
  }

  #take(client: Socket): void {
    this.#clients.add(client)
    client.once('close', () => this.#clients.delete(client))
    client.on('error', () => client.destroy())
    if (this.#current !== undefined) this.#join(client, this.#current)
  }

  #leadTo(port: number): void {
    this.#current = port
    for (const client of this.#clients) {
      if (!this.#attached.has(client)) this.#join(client, port)
    }
  }

  #join(client: Socket, port: number): void {
    const inspector = connect(port, '127.0.0.1')
    this.#attached.set(client, port)
    inspector.on('error', () => inspector.destroy())
    client.once('close', () => {
      this.#attached.delete(client)
      inspector.destroy()
    })
    inspector.once('close', () => client.destroy())
    client.pipe(inspector).pipe(client)
  }

  #detach(port: number | undefined): void {
    for (const [client, joined] of this.#attached) if (joined === port) client.destroy()
  }
}
