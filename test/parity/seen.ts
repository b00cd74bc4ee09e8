import type { IncomingMessage, ServerResponse } from 'node:http'
import { began, type Start, type WaitName, waits } from '../readers/pace.ts'
import { type Read, type ReaderName, readers } from '../readers/readers.ts'

/** What an app saw of a request and of its own response, as plain JSON. */
export interface Seen {
  readonly request: SeenRequest
  /** What a framework made of it. */
  framework: unknown
  body?: string
  /** `complete` and `readableEnded` once the body was read as far as the app wanted. */
  afterReading?: unknown
  /** Codes of the errors that Node or the framework threw at the app, in order. */
  readonly errors: string[]
  /** State of the response before and after the app answered. */
  readonly response: unknown[]
}

interface SeenRequest {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly httpVersion: string
  readonly rawHeaders: string[]
  readonly headers: [string, unknown][]
  readonly headersDistinct: [string, unknown][]
  readonly connection: unknown
}

export function seenOf(req: IncomingMessage): Seen {
  const { remoteAddress, remoteFamily } = req.socket
  return {
    request: {
      method: req.method,
      url: req.url,
      httpVersion: req.httpVersion,
      rawHeaders: [...req.rawHeaders],
      headers: Object.entries(req.headers),
      headersDistinct: Object.entries(req.headersDistinct),
      connection: [remoteAddress, remoteFamily, 'encrypted' in req.socket],
    },
    framework: null,
    errors: [],
    response: [],
  }
}

/** Runs a step of the app; what it throws is part of what the app saw. */
export function attempt(seen: Seen, step: () => unknown): void {
  try {
    step()
  } catch (error) {
    seen.errors.push(codeOf(error))
  }
}

export function codeOf(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException
  return code ?? `${name}: ${message}`
}

export function noteResponse(seen: Seen, res: ServerResponse): void {
  const { statusCode, statusMessage, headersSent, writableEnded, sendDate } = res
  const headers = headersSent ? null : Object.entries(res.getHeaders())
  const statusText = statusMessage ?? null
  seen.response.push({ statusCode, statusText, headersSent, writableEnded, sendDate, headers })
}

export type Reading = 'all' | 'one byte' | 'none' | Pace

/** One of many ways to read all, from some moment on, waiting between chunks. */
export interface Pace {
  readonly reader: ReaderName
  readonly start: Start
  readonly wait: WaitName
}

/** Reads the body as far as `reading` says. */
export async function readBody(seen: Seen, req: IncomingMessage, reading: Reading): Promise<void> {
  if (reading === 'none') return
  if (typeof reading === 'object') {
    await began(reading.start)
    const read: Read = readers[reading.reader]
    seen.body = (await read(req, waits[reading.wait])).toString('latin1')
    return
  }
  if (reading === 'all') {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    seen.body = Buffer.concat(chunks).toString('latin1')
    seen.afterReading = [req.complete, req.readableEnded, req.trailers]
    return
  }
  seen.body = await firstByte(req)
}

function firstByte(req: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const take = (): void => {
      const byte: Buffer | null = req.read(1)
      if (byte === null) return
      req.off('readable', take)
      resolve(byte.toString('latin1'))
    }
    req.on('readable', take).once('end', () => resolve(''))
  })
}
