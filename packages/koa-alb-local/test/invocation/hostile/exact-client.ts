import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface ExactResponse {
  readonly statusLine: string
  /** In order; `Date` without its value. */
  readonly lines: readonly string[]
  /** One character per byte. */
  readonly body: string
}

/** A connection on which every byte has to belong to the one response that was asked for. */
export class ExactClient {
  readonly #socket: Socket
  #received = ''
  #hasEnded = false
  #wake = (): void => {}

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setEncoding('latin1').on('data', (text) => {
      this.#received += text
      this.#wake()
    })
    socket.on('close', () => {
      this.#hasEnded = true
      this.#wake()
    })
  }

  static async open(port: number): Promise<ExactClient> {
    const socket = connect(port, '127.0.0.1').setNoDelay()
    await once(socket, 'connect')
    return new ExactClient(socket)
  }

  /** @throws Error when there is more or less than one whole response */
  async request(method: string, target: string): Promise<ExactResponse> {
    if (this.#received !== '') throw new Error(`bytes nobody asked for: ${this.#received}`)
    this.#socket.write(`${method} ${target} HTTP/1.1\r\nHost: a.example\r\n\r\n`)
    const end = await this.#until(() => this.#received.indexOf('\r\n\r\n'))
    const [statusLine = '', ...lines] = this.#received.slice(0, end).split('\r\n')
    if (/[\r\n\0]/.test([statusLine, ...lines].join(''))) throw new Error('a stray line end or NUL')
    const length = bodyLength(method, statusLine, lines)
    const total = end + 4 + length
    await this.#until(() => (this.#received.length >= total ? total : -1))
    const body = this.#received.slice(end + 4, total)
    this.#received = this.#received.slice(total)
    return { statusLine, lines: lines.map((line) => line.replace(/^Date: .*/, 'Date: ')), body }
  }

  close(): void {
    this.#socket.destroy()
  }

  async #until(place: () => number): Promise<number> {
    for (let found = place(); ; found = place()) {
      if (found >= 0) return found
      if (this.#hasEnded) throw new Error(`half a response: ${this.#received}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

function bodyLength(method: string, statusLine: string, lines: readonly string[]): number {
  const lengths = lines.filter((line) => /^content-length:/i.test(line))
  if (lengths.length > 1) throw new Error(`several lengths: ${lengths}`)
  if (method === 'HEAD' || / (204|304) /.test(statusLine)) return 0
  const [, digits] = /: (\d+)$/.exec(lengths[0] ?? '') ?? []
  if (digits === undefined) throw new Error(`no length: ${lines}`)
  return Number(digits)
}
