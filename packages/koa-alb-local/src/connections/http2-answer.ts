import { constants, type ServerHttp2Stream } from 'node:http2'
import type { AnyAnswer, StreamedAnswer } from '../answer/answer.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import { toHttp2Fields } from './http2-fields.ts'

interface Sending {
  readonly method: string
  /** Whether the whole request has arrived. */
  readonly isComplete: boolean
  readonly idleTimeoutMs: number
}

// The least that a client may give room for is a frame of this size.
const sliceBytes = 16_384
// Node ends a stream with its head for these, as for HEAD.
const bodiless = [204, 205, 304]

/** Sends the answer and returns the bytes it takes: none when the client has left. */
export function sendOn(stream: ServerHttp2Stream, answer: AnyAnswer, sending: Sending): number {
  if (stream.destroyed || stream.closed) {
    if ('stream' in answer) answer.stream.destroy()
    return 0
  }
  const hasBody = sending.method !== 'HEAD' && !bodiless.includes(answer.status)
  if ('stream' in answer) return sendStreamed(stream, answer, hasBody, sending)
  if (!('body' in answer)) throw new Error('HTTP/2 has no upgrade')
  const body = hasBody ? answer.body : Buffer.alloc(0)
  const { fields, bytes } = toHttp2Fields(answer, body)
  stream.respond(fields)
  // What the client still sends of its body is of no use.
  if (!sending.isComplete) stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR))
  if (!stream.writableEnded) sendBody(stream, body, sending.idleTimeoutMs)
  return bytes + body.length
}

function sendStreamed(
  stream: ServerHttp2Stream,
  answer: StreamedAnswer,
  hasBody: boolean,
  { isComplete }: Sending,
): number {
  const { stream: body } = answer
  const { fields, bytes } = toHttp2Fields(answer, Buffer.alloc(0))
  stream.respond(fields, { endStream: !hasBody })
  if (!isComplete) stream.once('finish', () => stream.close(constants.NGHTTP2_NO_ERROR))
  if (hasBody) body.pipe(stream)
  else body.resume()
  body.once('close', () => {
    // To close it would end the body first, as if it were whole.
    if (!body.readableEnded) stream.destroy(new Error('the response broke off'))
  })
  stream.once('close', () => body.destroy())
  return bytes
}

/**
 * In slices, so that it shows when a client takes nothing: Node's own timeout of a stream counts what
 * is sent on the whole connection, and a PING is answered whatever the client takes.
 */
function sendBody(stream: ServerHttp2Stream, body: Buffer, idleTimeoutMs: number): void {
  const cutOff = (): void => stream.close(constants.NGHTTP2_CANCEL)
  let timer: NodeJS.Timeout | undefined
  let sent = 0
  const next = (error?: Error | null): void => {
    clearTimeout(timer)
    if (error || stream.closed) return
    timer = setTimeout(cutOff, idleTimeoutMs).unref()
    const slice = body.subarray(sent, sent + sliceBytes)
    sent += slice.length
    if (sent < body.length) stream.write(slice, next)
    else stream.end(slice)
  }
  stream.once('close', () => clearTimeout(timer))
  next()
}
