import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'

type Line = readonly [name: string, value: string]

export interface ProbeRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: readonly Line[]
  readonly body: Buffer
}

export interface ProbeAnswer {
  readonly status: number
  readonly headers: readonly Line[]
  readonly body: Buffer
  /** Whether the response breaks off after the body: by itself, or because its source does. */
  readonly breaks?: 'itself' | 'source'
}

const bytes: Readonly<Record<string, readonly [body: string, ...headers: Line[]]>> = {
  png: ['iVBORw0KGgoAAAANSUhEUgD/gA==', ['content-type', 'image/png']],
  gzip: [
    'H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA==',
    ['content-type', 'text/plain; charset=utf-8'],
    ['content-encoding', 'gzip'],
  ],
  latin1: ['6fTk/A==', ['content-type', 'text/plain; charset=iso-8859-1']],
  broken: ['YcP/Yg==', ['content-type', 'text/plain; charset=utf-8']],
  untyped: ['AP+A/g=='],
  text: ['xb5sdMO9IPCfmoA=', ['content-type', 'text/plain; charset=utf-8']],
}

const plain: Line = ['content-type', 'text/plain; charset=utf-8']

/**
 * The app that `doctor` knows the routes of, whatever framework it is mounted in.
 * @throws Error where it is asked to
 */
export function probeAnswer(request: ProbeRequest): ProbeAnswer {
  const { pathname } = new URL(request.url, 'http://probe')
  const [, , route = '', argument = ''] = pathname.split('/')
  const size = Number(argument)
  if (route === 'bytes') {
    const [body = '', ...headers] = bytes[argument] ?? []
    return { status: 200, headers, body: Buffer.from(body, 'base64') }
  }
  if (route === 'cookies') {
    const cookies: Line[] = ['a=1; Path=/', 'b=2; Path=/'].map((each) => ['set-cookie', each])
    return { status: 200, headers: [plain, ...cookies], body: Buffer.from('cookies') }
  }
  if (route === 'hello') return text(200, 'hello')
  if (route === 'status') return text(size, size === 204 || size === 304 ? '' : 'status')
  if (route === 'size') return text(200, 'a'.repeat(size))
  if (route === 'headers') {
    const line: Line = ['x-large', 'a'.repeat(size)]
    return { status: 200, headers: [plain, line], body: Buffer.from('headers') }
  }
  if (route === 'body') return text(size, 'body')
  if (route === 'reject') throw new Error('the probe app rejects, as it was asked to')
  if (route === 'break') {
    return { ...text(200, 'half'), breaks: argument === 'source' ? 'source' : 'itself' }
  }
  const { method, url, headers, body } = request
  const seen = JSON.stringify({ method, url, headers, body: body.toString('base64') })
  return { status: 200, headers: [['content-type', 'application/json']], body: Buffer.from(seen) }
}

function text(status: number, body: string): ProbeAnswer {
  return { status, headers: [plain], body: Buffer.from(body) }
}

/**
 * The same app for whatever takes a request listener of Node.
 * @throws Error where it is asked to
 */
export function probeListener(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.url === '/probe/throw') throw new Error('the probe app throws, as it was asked to')
  if (req.url === '/probe/never') return neverAnswer(res)
  return answer(req, res)
}

// Something is always open where an answer is waited for, and keeps the process.
function neverAnswer(res: ServerResponse): Promise<void> {
  const timer = setInterval(() => {}, 60_000)
  res.once('close', () => clearInterval(timer))
  return new Promise(() => {})
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(Buffer.from(chunk))
  const { method = 'GET', url = '/', rawHeaders } = req
  const headers = linesOf(rawHeaders ?? [])
  const lines = headers.length > 0 ? headers : linesIn(req)
  const answered = probeAnswer({ method, url, headers: lines, body: Buffer.concat(chunks) })
  for (const [name] of answered.headers) {
    const values = answered.headers.filter(([each]) => each === name).map(([, value]) => value)
    res.setHeader(name, values.length > 1 ? values : (values[0] ?? ''))
  }
  res.statusCode = answered.status
  if (answered.breaks) {
    res.setHeader('content-length', 1000)
    if (answered.breaks === 'source') {
      pipeline(breakingSource(answered.body), res, () => {})
      return
    }
    res.write(answered.body)
    res.destroy()
    return
  }
  const isBare = answered.status === 204 || answered.status === 304
  if (!isBare) res.setHeader('content-length', answered.body.length)
  // What Node leaves out of a HEAD, 204 or 304 by itself.
  const isWritten = url.startsWith('/probe/body/')
  res.end((method === 'HEAD' || isBare) && !isWritten ? undefined : answered.body)
}

async function* breakingSource(body: Buffer): AsyncGenerator<Buffer> {
  yield body
  throw new Error('the source of the response breaks off, as it was asked to')
}

// Adapters make requests of their own, some without raw headers, or with numbers for values.
function linesIn({ headers }: IncomingMessage): Line[] {
  return Object.entries(headers).flatMap(([name, value = '']) =>
    [value].flat().map((each): Line => [name, String(each)]),
  )
}

function linesOf(raw: readonly string[]): Line[] {
  return raw.flatMap((name, index): Line[] =>
    index % 2 === 0 ? [[name, String(raw[index + 1])]] : [],
  )
}

function neverResponse(): Promise<Response> {
  setInterval(() => {}, 60_000)
  return new Promise(() => {})
}

/** The same app for whatever speaks of `Request` and `Response`. */
export async function probeFetch(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  if (pathname === '/probe/throw') throw new Error('the probe app throws, as it was asked to')
  if (pathname === '/probe/never') return neverResponse()
  const body = Buffer.from(await request.arrayBuffer())
  const { method, headers } = request
  const answer = probeAnswer({ method, url: pathname + search, headers: [...headers], body })
  const lines = new Headers()
  for (const [name, value] of answer.headers) lines.append(name, value)
  if (answer.breaks) {
    const broken = new ReadableStream({
      start(controller): void {
        controller.enqueue(Uint8Array.from(answer.body))
        controller.error(new Error('the response breaks off, as it was asked to'))
      },
    })
    return new Response(broken, { status: answer.status, headers: lines })
  }
  const isBare = answer.status === 204 || answer.status === 304
  if (!isBare) lines.set('content-length', `${answer.body.length}`)
  const isHead = method === 'HEAD' && !pathname.startsWith('/probe/body/')
  const sent = isBare || isHead ? null : Uint8Array.from(answer.body)
  return new Response(sent, { status: answer.status, headers: lines })
}
