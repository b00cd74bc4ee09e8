import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { get, request } from 'node:http'
import { SourceMap } from 'node:module'
import type { Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

// biome-ignore lint/suspicious/noExplicitAny: the protocol has a shape for each method
type Message = any

/** A client of Node's inspector, which speaks the Chrome DevTools Protocol. */
export interface Debugger {
  send(method: string, params?: object): Promise<Message>
  /** Resolves with the next event of this name, also one from before that nobody asked for. */
  event(method: string): Promise<Message>
  readonly closed: Promise<unknown>
  close(): void
}

/** Attaches for the current test, as VS Code and Chrome do: the port's list names the address. */
export async function attach(port: number): Promise<Debugger> {
  const [response] = await once(get({ host: '127.0.0.1', port, path: '/json/list' }), 'response')
  const [{ webSocketDebuggerUrl }] = JSON.parse(await text(response))
  const socket = await openWebSocket(new URL(webSocketDebuggerUrl.replace('ws:', 'http:')))
  onTestFinished(() => void socket.destroy())
  const answers = new Map<number, (message: Message) => void>()
  const events: Message[] = []
  let look = (): void => {}
  readTexts(socket, (message) => {
    if (message.id === undefined) events.push(message)
    else answers.get(message.id)?.(message.result ?? message)
    look()
  })
  let count = 0
  return {
    send(method, params = {}) {
      count += 1
      const id = count
      socket.write(maskedFrame(JSON.stringify({ id, method, params })))
      return new Promise((resolve) => answers.set(id, resolve))
    },
    async event(method) {
      for (;;) {
        const index = events.findIndex((event) => event.method === method)
        if (index >= 0) return events.splice(index, 1)[0].params
        await new Promise<void>((resolve) => {
          look = resolve
        })
      }
    },
    closed: once(socket, 'close'),
    close: () => socket.destroy(),
  }
}

/** A place of the source, one line of a file. */
export interface Place {
  /** Absolute. */
  readonly file: string
  /** From 1 on. */
  readonly line: number
}

/** The one script that was made of TypeScript, with its source map, as a client resolves it. */
export class MappedScript {
  readonly #map: SourceMap
  readonly #sources: readonly string[]
  readonly #lines: readonly string[]
  readonly url: string
  /** The sources, absolute. */
  readonly files: readonly string[]

  static async of(client: Debugger): Promise<MappedScript> {
    await client.send('Debugger.enable')
    for (;;) {
      const { url, scriptId, sourceMapURL } = await client.event('Debugger.scriptParsed')
      const [, data] = /^data:application\/json;base64,(.+)$/.exec(sourceMapURL ?? '') ?? []
      if (data === undefined || !url.includes('/.cache/koa-alb-local/')) continue
      const { scriptSource } = await client.send('Debugger.getScriptSource', { scriptId })
      return new MappedScript(url, scriptSource, Buffer.from(data, 'base64').toString())
    }
  }

  constructor(url: string, source: string, json: string) {
    const payload = JSON.parse(json)
    this.url = url
    this.#lines = source.split('\n')
    this.#map = new SourceMap(payload)
    this.#sources = payload.sources
    this.files = this.#sources.map((each) => fileURLToPath(new URL(each, url)))
  }

  /** Where it is in the script, for the protocol. */
  generated({ file, line }: Place): { lineNumber: number; columnNumber: number } {
    for (const [lineNumber, text] of this.#lines.entries()) {
      const columnNumber = text.search(/\S/)
      const place = columnNumber < 0 ? undefined : this.source({ lineNumber, columnNumber })
      if (place?.file === file && place.line === line) return { lineNumber, columnNumber }
    }
    throw new Error(`${file}:${line} is not in ${this.url}`)
  }

  source(at: { lineNumber: number; columnNumber: number }): Place | undefined {
    const entry = this.#map.findEntry(at.lineNumber, at.columnNumber)
    if (!('originalSource' in entry)) return undefined
    const file = this.files[this.#sources.indexOf(entry.originalSource)]
    return file === undefined ? undefined : { file, line: entry.originalLine + 1 }
  }
}

async function openWebSocket({ hostname, port, pathname }: URL): Promise<Socket> {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  }
  const asked = request({ host: hostname, port, path: pathname, headers }).end()
  // What `upgrade` is emitted with.
  const [, socket, head] = (await once(asked, 'upgrade')) as [unknown, Socket, Buffer]
  socket.on('error', () => {})
  if (head.length > 0) socket.unshift(head)
  return socket
}

function maskedFrame(message: string): Buffer {
  const payload = Buffer.from(message)
  const head = Buffer.alloc(8)
  head.writeUInt8(0x81)
  head.writeUInt8(0x80 | 126, 1)
  head.writeUInt16BE(payload.length, 2)
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([head, payload])
}

/** Node's inspector sends each message as one frame. */
function readTexts(socket: Socket, handle: (message: Message) => void): void {
  let bytes = Buffer.alloc(0)
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk])
    for (;;) {
      if (bytes.length < 2) return
      const short = bytes.readUInt8(1)
      const headLength = short === 127 ? 10 : short === 126 ? 4 : 2
      if (bytes.length < headLength) return
      const length =
        short === 127
          ? Number(bytes.readBigUInt64BE(2))
          : short === 126
            ? bytes.readUInt16BE(2)
            : short
      if (bytes.length < headLength + length) return
      const isText = (bytes.readUInt8(0) & 0x0f) === 1
      const payload = bytes.subarray(headLength, headLength + length).toString()
      bytes = bytes.subarray(headLength + length)
      if (isText) handle(JSON.parse(payload))
    }
  })
}
