import { once } from 'node:events'
import type { RequestListener, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as turn } from 'node:timers/promises'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { type Field, valuesOf } from './fields.ts'
import type { NodeAnswer, NodeBody, NodeHead, SetField } from './node-behaviours.ts'
import { bytesOf, flow, given, type Piece } from './pieces.ts'
import { behaviourFor, type Play, perform } from './play.ts'
import { attempt, noteResponse, readBody, type Seen } from './seen.ts'

/** A request listener that does what the play says. */
export function createListener(play: Play): RequestListener {
  return (req, res) =>
    perform(play, res, async (seen) => {
      const { answer, reading } = behaviourFor(play, 'listener')
      await readBody(seen, req, reading)
      await answerWithNode(seen, res, answer)
    })
}

/** Answers through Node's own `res`. */
export async function answerWithNode(
  seen: Seen,
  res: ServerResponse,
  answer: NodeAnswer,
): Promise<void> {
  const pieces = compressed(answer.body)
  for (const kind of answer.interim) attempt(seen, () => sendInterim(res, kind))
  for (const field of answer.fields) attempt(seen, () => setField(res, field))
  setBodyFields(res, answer, pieces)
  if (!answer.sendsDate) res.sendDate = false
  noteResponse(seen, res)
  attempt(seen, () => setHead(res, answer.head))
  if (answer.flushes) attempt(seen, () => res.flushHeaders())
  attempt(seen, () => res.setHeader('x-late', '1'))
  noteResponse(seen, res)
  await sendBody(seen, res, answer, pieces)
  noteResponse(seen, res)
}

function sendInterim(res: ServerResponse, kind: NodeAnswer['interim'][number]): void {
  if (kind === 'continue') res.writeContinue()
  else if (kind === 'processing') res.writeProcessing()
  else res.writeEarlyHints({ link: '</style.css>; rel=preload; as=style', 'x-hint': '1' })
}

function setField(res: ServerResponse, { by, field }: SetField): void {
  const { name } = field
  const value = valuesOf(field)
  if (by === 'setHeaders') res.setHeaders(new Map([[name, value]]))
  else if (by === 'removeHeader') res.removeHeader(name)
  else res[by](name, value)
}

function setBodyFields(
  res: ServerResponse,
  { body, chunked }: NodeAnswer,
  pieces: readonly Piece[],
): void {
  if (body.compression) res.setHeader('Content-Encoding', body.compression)
  if (chunked) res.setHeader('Transfer-Encoding', 'chunked')
  if (!body.declaresLength || body.by === 'echo') return
  const { length } = bytesOf(pieces)
  res.setHeader('Content-Length', body.declaresLength === 'text' ? String(length) : length)
}

function setHead(res: ServerResponse, head: NodeHead): void {
  if (head.by === 'statusCode') {
    res.statusCode = head.status
    if (head.phrase !== null) res.statusMessage = head.phrase
    return
  }
  const headers = toHeaders(head.headers)
  if (head.phrase === null) res.writeHead(head.status, headers)
  else res.writeHead(head.status, head.phrase, headers)
}

type Headers = Parameters<ServerResponse['writeHead']>[1]

function toHeaders({ as, fields }: { as: string; fields: readonly Field[] }): Headers {
  if (as === 'none') return undefined
  if (as === 'object')
    return Object.fromEntries(fields.map((field) => [field.name, valuesOf(field)]))
  if (as === 'flat') return fields.flatMap((field) => [field.name, valuesOf(field)])
  // The types leave out pairs, which Node documents as "an Array of arrays".
  return fields.map((field) => [field.name, valuesOf(field)]) as unknown as Headers
}

async function sendBody(
  seen: Seen,
  res: ServerResponse,
  { body, ending, trailers }: NodeAnswer,
  pieces: readonly Piece[],
): Promise<void> {
  if (body.by === 'echo') return pipeline(res.req, res).catch(() => {})
  if (body.by === 'pipe' || body.by === 'pipeline' || ending === 'source fails') {
    const source = Readable.from(flow(pieces, ending !== 'end' && ending !== 'end twice'))
    if (body.by === 'pipe' && ending !== 'source fails') {
      source.on('error', () => res.destroy()).pipe(res)
      await once(res, 'close')
    } else await pipeline(source, res).catch(() => {})
    return
  }
  const last = body.by === 'end' && ending.startsWith('end') ? pieces.at(-1) : undefined
  await write(seen, res, body.by, last ? pieces.slice(0, -1) : pieces)
  addTrailers(seen, res, trailers)
  if (ending === 'destroy' || ending === 'destroy socket') {
    await turn()
    if (ending === 'destroy') res.destroy()
    else res.socket?.destroy()
    return
  }
  end(seen, res, last)
  if (ending === 'end twice') attempt(seen, () => res.end())
}

async function write(
  seen: Seen,
  res: ServerResponse,
  by: NodeBody['by'],
  pieces: readonly Piece[],
): Promise<void> {
  if (by === 'cork') res.cork()
  for (const piece of pieces) {
    const [data, encoding = 'utf8'] = given(piece)
    if (by === 'awaited write') {
      await awaitedWrite(seen, res, piece)
      continue
    }
    let wanted = true
    attempt(seen, () => {
      wanted = res.write(data, encoding)
    })
    if (!wanted && by !== 'cork') await once(res, 'drain')
    if (by === 'turns') await turn()
  }
  if (by === 'cork') res.uncork()
}

function awaitedWrite(seen: Seen, res: ServerResponse, piece: Piece): Promise<void> {
  const [data, encoding = 'utf8'] = given(piece)
  return new Promise((resolve) => {
    const errors = seen.errors.length
    attempt(seen, () => res.write(data, encoding, () => resolve()))
    if (seen.errors.length > errors) resolve()
  })
}

function addTrailers(seen: Seen, res: ServerResponse, trailers: readonly Field[]): void {
  if (trailers.length === 0) return
  attempt(seen, () =>
    res.addTrailers(trailers.map(({ name, value }): [string, string] => [name, String(value)])),
  )
}

function end(seen: Seen, res: ServerResponse, last: Piece | undefined): void {
  const [data, encoding = 'utf8'] = last ? given(last) : []
  attempt(seen, () => (last ? res.end(data, encoding) : res.end()))
}

function compressed({ pieces, compression }: NodeBody): readonly Piece[] {
  if (!compression) return pieces
  const compress = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync }[compression]
  return [{ text: compress(bytesOf(pieces)).toString('latin1'), as: 'buffer', times: 1 }]
}
