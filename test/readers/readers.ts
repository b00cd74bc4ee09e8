import { on } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { PassThrough, Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Wait } from './pace.ts'

/** Reads a request to its end, waiting between chunks; resolves to all its bytes. */
export type Read = (req: IncomingMessage, wait: Wait) => Promise<Buffer>

export const readers = {
  data: listenToData,
  'data on the next tick': (req) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = []
      req.on('data', (chunk) => process.nextTick(() => chunks.push(chunk)))
      req.on('end', () => resolve(Buffer.concat(chunks)))
    }),
  'data, pause and resume': (req, wait) => {
    req.on('data', () => {
      req.pause()
      req.resume()
    })
    return listenToData(req, wait)
  },
  'readable, read()': (req, wait) => readAll(req, wait),
  'readable, read(1000)': (req, wait) => readAll(req, wait, 1000),
  'readable, read(70000)': (req, wait) => readAll(req, wait, 70_000),
  'readable, one read()': (req) =>
    new Promise((resolve) => {
      const chunks: Buffer[] = []
      req.on('readable', () => chunks.push(req.read() ?? Buffer.alloc(0)))
      req.on('end', () => resolve(Buffer.concat(chunks)))
    }),
  'for await': (req, wait) => iterate(req, wait),
  'iterators that leave the request open': iterateByTurns,
  'events.on': (req, wait) => iterate(dataEvents(req), wait),
  pipe: (req, wait) =>
    new Promise((resolve) => {
      const sink = new Sink(wait)
      req.pipe(sink).on('finish', () => resolve(Buffer.concat(sink.chunks)))
    }),
  'pipe through a stream': (req, wait) => listenToData(req.pipe(new PassThrough()), wait),
  pipeline: async (req, wait) => {
    const sink = new Sink(wait)
    await pipeline(req, sink)
    return Buffer.concat(sink.chunks)
  },
  wrap: (req) => listenToData(new Readable().wrap(req), undefined),
  compose: (req, wait) => iterate(req.compose(passing), wait),
  setEncoding: (req, wait) => iterate(req.setEncoding('latin1'), wait),
  'setEncoding(base64)': async (req, wait) => {
    const text = await iterate(req.setEncoding('base64'), wait)
    return Buffer.from(text.toString('latin1'), 'base64')
  },
  'Readable.toWeb': (req, wait) => iterate(Readable.toWeb(req), wait),
  'Response.arrayBuffer': async (req) => {
    const stream = Readable.toWeb(req)
    return Buffer.from(await new Response(stream).arrayBuffer())
  },
  toArray: async (req) => Buffer.concat(await req.toArray()),
  'consumers.buffer': (req) => buffer(req),
} as const satisfies Readonly<Record<string, Read>>

export type ReaderName = keyof typeof readers

/** Pauses while it waits. */
export function listenToData(readable: Readable, wait: Wait): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    readable.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (!wait) return
      readable.pause()
      void wait().then(() => readable.resume())
    })
    readable.on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
}

function readAll(readable: Readable, wait: Wait, size?: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let isReading = false
    readable.on('readable', async () => {
      if (isReading) return
      isReading = true
      for (let chunk = readable.read(size); chunk !== null; chunk = readable.read(size)) {
        chunks.push(chunk)
        if (wait) await wait()
      }
      isReading = false
    })
    readable.on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
}

async function iterate(source: AsyncIterable<Uint8Array | string>, wait: Wait): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) {
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : Buffer.from(chunk))
    if (wait) await wait()
  }
  return Buffer.concat(chunks)
}

/** A new iterator for each chunk. */
async function iterateByTurns(req: IncomingMessage, wait: Wait): Promise<Buffer> {
  const chunks: Buffer[] = []
  for (let isEnded = false; !isEnded; ) {
    isEnded = true
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      chunks.push(chunk)
      isEnded = false
      break
    }
    if (wait) await wait()
  }
  return Buffer.concat(chunks)
}

async function* dataEvents(req: IncomingMessage): AsyncGenerator<Buffer> {
  for await (const [chunk] of on(req, 'data', { close: ['end'] })) yield chunk
}

async function* passing(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) yield chunk
}

/** Takes a chunk when it is through with the one before. */
class Sink extends Writable {
  readonly chunks: Buffer[] = []
  readonly wait: Wait

  constructor(wait: Wait) {
    super()
    this.wait = wait
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    this.chunks.push(chunk)
    if (this.wait) void this.wait().then(callback)
    else callback()
  }
}
