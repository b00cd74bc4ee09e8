import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Original, toParsableHead } from '../request/raw-head.ts'

// A longer head is over every limit, whatever it says: the parser may find out.
const heldLimitBytes = 128 * 1024
const emptyLine = '\r\n\r\n'
const nothing = Buffer.alloc(0)

const originals = new WeakMap<IncomingMessage, Original>()

/** The head of a request with what the client sent in place of what the parser was shown. */
export function asSent(
  request: IncomingMessage,
): Pick<IncomingMessage, 'rawHeaders'> & { method: string; target: string } {
  const { method = '', url = '', rawHeaders } = request
  const original = originals.get(request)
  if (!original) return { method, target: url, rawHeaders }
  const headers = [...rawHeaders]
  for (const [line, value] of original.values) headers[2 * line + 1] = value
  return { method: original.method, target: original.target, rawHeaders: headers }
}

const feeds = new WeakMap<Socket, RequestFeed>()

/** The text of a request's head; it is there while the server emits the request. */
export function headText(request: IncomingMessage): string | undefined {
  return feeds.get(request.socket)?.headTextOf(request)
}

/** Gives up a connection: what comes is for whoever listens to it now. */
export function handOver(socket: Socket): void {
  feeds.get(socket)?.handOver()
}

/**
 * Stands between the connections of a server and its parser. The parser alone says where a message
 * ends: it gets no byte of the next one before it has called the last one complete.
 */
export function feedRequests(server: Server): void {
  server.on('connection', (socket: Socket) => feeds.set(socket, new RequestFeed(socket)))
  const begin = (request: IncomingMessage, response: ServerResponse): void => {
    const feed = feeds.get(request.socket)
    feed?.begin(request)
    if (isUpgrade(request)) response.once('close', () => feed?.goOn())
  }
  server.on('request', begin).on('checkExpectation', begin)
  // Each socket of an HTTP/1 server is a net.Socket, or a tls.TLSSocket, which extends it.
  server.on('clientError', (_error, socket) => feeds.get(socket as Socket)?.stop())
  server.on('connect', (request, socket) => {
    feeds.get(socket as Socket)?.begin(request)
    feeds.get(socket as Socket)?.stop()
  })
}

class RequestFeed {
  readonly #socket: Socket
  readonly #parse: (bytes: Buffer) => void
  readonly #onData = (bytes: Buffer): void => this.#take(bytes)
  /** Whether it is not known yet who gets what follows the request. */
  #isUpgrading = false
  #isOver = false
  /** A head that is not whole yet. */
  #held: Buffer[] = []
  #heldBytes = 0
  /** The last bytes of what came, in which an empty line may have begun. */
  #tail: Buffer = nothing
  /** Whether the head is broken: the parser gets it line by line, as it is. */
  #isLineWise = false
  #original: Original | undefined
  #text: string | undefined
  #request: IncomingMessage | undefined
  /** Bytes of the body to come; undefined when it says itself where it ends. */
  #bodyBytes: number | undefined

  constructor(socket: Socket) {
    this.#socket = socket
    // Node's server reads a connection by the listener that it has put there, or below JavaScript
    // until somebody else listens: neither is documented, both are on every line from 20 to 26.
    const [parse] = socket.listeners('data') as [(bytes: Buffer) => void]
    this.#parse = parse
    socket.off('data', parse)
    socket.on('data', this.#onData)
    // In front of Node's own listener, which asks whether a request has begun.
    socket.prependListener('end', () => this.#giveUpHead())
  }

  /** The parser has found a request. */
  begin(request: IncomingMessage): void {
    if (this.#original) originals.set(request, this.#original)
    this.#original = undefined
    this.#request = request
    this.#isUpgrading = isUpgrade(request)
  }

  headTextOf(request: IncomingMessage): string | undefined {
    return this.#request === request ? this.#text : undefined
  }

  /** The server does not change the protocol: what follows is the next request. */
  goOn(): void {
    if (!this.#isUpgrading) return
    this.#isUpgrading = false
    this.#socket.resume()
  }

  /** Nothing more is read here. */
  handOver(): void {
    this.#isUpgrading = false
    this.stop()
    this.#socket.off('data', this.#onData)
  }

  /** Nothing more is parsed. */
  stop(): void {
    this.#isOver = true
    this.#held = []
  }

  #take(bytes: Buffer): void {
    let rest = bytes
    while (rest.length > 0 && !this.#isOver && !this.#socket.destroyed) {
      // Node pauses when a client takes no answers, and then refuses to parse.
      if (this.#socket.isPaused()) return void this.#socket.unshift(rest)
      if (this.#isUpgrading && !this.#request) {
        this.#socket.pause()
        return void this.#socket.unshift(rest)
      }
      rest = this.#request ? this.#feedBody(this.#request, rest) : this.#feedHead(rest)
    }
  }

  /** Each of these returns what is left. */
  #feedHead(bytes: Buffer): Buffer {
    if (this.#isLineWise) return this.#feedLine(bytes)
    const taken = this.#upToEmptyLine(bytes)
    const piece = bytes.subarray(0, taken ?? bytes.length)
    const rest = bytes.subarray(piece.length)
    const isBroken = this.#heldBytes === 0 ? isNoHead(piece) : hasBareLineFeed(piece, this.#tail)
    this.#held.push(piece)
    this.#heldBytes += piece.length
    this.#keepTail(piece)
    if (isBroken || this.#heldBytes > heldLimitBytes) {
      this.#isLineWise = true
      return Buffer.concat([this.#takeHeld(), rest])
    }
    if (taken !== undefined) this.#feedWholeHead()
    return rest
  }

  #feedWholeHead(): void {
    const { bytes, original, text } = toParsableHead(this.#takeHeld())
    this.#original = original
    this.#text = text
    this.#parse(bytes)
    this.#text = undefined
    this.#afterHead()
  }

  #giveUpHead(): void {
    this.#isLineWise = true
    this.#take(this.#takeHeld())
  }

  #feedLine(bytes: Buffer): Buffer {
    const end = bytes.indexOf('\n')
    const line = end < 0 ? bytes : bytes.subarray(0, end + 1)
    this.#parse(line)
    this.#afterHead()
    return bytes.subarray(line.length)
  }

  #afterHead(): void {
    if (!this.#request) return
    this.#isLineWise = false
    this.#tail = nothing
    if (this.#request.complete) this.#request = undefined
    else {
      const length = this.#request.headers['content-length']
      this.#bodyBytes = length === undefined ? undefined : Number(length)
    }
  }

  #feedBody(request: IncomingMessage, bytes: Buffer): Buffer {
    const taken = this.#bodyBytes ?? this.#upToEmptyLine(bytes) ?? bytes.length
    const piece = bytes.subarray(0, taken)
    this.#keepTail(piece)
    this.#parse(piece)
    if (this.#bodyBytes !== undefined) this.#bodyBytes -= piece.length
    if (request.complete) {
      this.#request = undefined
      this.#tail = nothing
    } else if (this.#bodyBytes === 0 && !this.#isOver) {
      // Two opinions on where a message ends are what smuggling lives on.
      this.stop()
      this.#socket.destroy()
    }
    return bytes.subarray(piece.length)
  }

  /** How many of the bytes belong to what an empty line ends; undefined when none comes. */
  #upToEmptyLine(bytes: Buffer): number | undefined {
    const { length } = this.#tail
    const at = (length === 0 ? bytes : Buffer.concat([this.#tail, bytes])).indexOf(emptyLine)
    return at < 0 ? undefined : at + emptyLine.length - length
  }

  #keepTail(bytes: Buffer): void {
    const all = bytes.length < 3 ? Buffer.concat([this.#tail, bytes]) : bytes
    this.#tail = all.subarray(-3)
  }

  #takeHeld(): Buffer {
    const [only = nothing] = this.#held
    const bytes = this.#held.length > 1 ? Buffer.concat(this.#held) : only
    this.#held = []
    this.#heldBytes = 0
    this.#tail = nothing
    return bytes
  }
}

function isUpgrade({ headers }: IncomingMessage): boolean {
  return headers.upgrade !== undefined && /upgrade/i.test(headers.connection ?? '')
}

// No method begins with such a byte: TLS, a line end alone, a space.
function isNoHead(bytes: Buffer): boolean {
  const [first = 0] = bytes
  return (first !== 13 && (first < 33 || first > 126)) || hasBareLineFeed(bytes, nothing)
}

function hasBareLineFeed(bytes: Buffer, before: Buffer): boolean {
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    if ((at === 0 ? before.at(-1) : bytes[at - 1]) !== 13) return true
  }
  return false
}
