import { type IncomingMessage, request, type ClientRequest as SentRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import type { StreamedAnswer, UpgradedAnswer } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import type { Journal } from '../log/journal.ts'
import type { UploadStop } from '../request/body.ts'
import { wantedUpgrade } from '../request/head-check.ts'
import type { ClientRequest } from '../request/received.ts'
import { originForm, requestUri } from '../request/request-uri.ts'
import type { Server } from '../targets/server.ts'
import { limitConnecting } from './connecting.ts'
import { type PassedRequest, requestLines } from './request-lines.ts'
import { toStreamed, toUpgraded } from './response-head.ts'
import { isUnconnected, noAnswer, silent } from './server-failure.ts'

export interface Relayed extends Omit<PassedRequest, 'hasUpload'> {
  readonly client: ClientRequest
  readonly journal: Journal
  readonly stop: UploadStop
  readonly idleTimeoutMs: number
}

// Over this the parser gives up; the limit of a load balancer is far below and checked after it.
const maxHeaderSize = 1024 * 1024

/**
 * Sends the request on to the server, the body as it comes, and returns what it answers: also before
 * the body has ended. Nothing is tried twice.
 * @throws Refusal 502 or 504 when there is no valid answer, 408 when the client sends no more
 */
export function relay(server: Server, relayed: Relayed): Promise<StreamedAnswer | UpgradedAnswer> {
  const { client, journal } = relayed
  const { sent, traceId } = send(server, relayed)
  journal.forwarded(server.address, traceId)
  server.outstanding += 1
  sent.once('close', () => {
    server.outstanding -= 1
  })
  const answered = answerOf(sent, server, relayed)
  client.onceClosed(() => sent.destroy())
  return answered
}

function send(server: Server, relayed: Relayed): { sent: SentRequest; traceId: string } {
  const { url, agent } = server
  const hasUpload = hasBody(relayed)
  const { lines, traceId } = requestLines({ ...relayed, hasUpload })
  const start = url.protocol === 'https:' ? secureRequest : request
  const sent = start({
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port,
    agent,
    method: relayed.head.method,
    path: targetOf(relayed),
    headers: lines,
    maxHeaderSize,
    insecureHTTPParser: false,
    timeout: relayed.idleTimeoutMs,
  })
  // By default Node silently drops header lines after the 2,000th.
  sent.maxHeadersCount = 0
  limitConnecting(sent)
  if (hasUpload) passBody(sent, relayed)
  else {
    relayed.client.upload.resume()
    sent.end()
  }
  return { sent, traceId }
}

// As the client wrote it, unless a rule changed it. Node sends no spaces and control characters, which
// the desync classifier lets pass.
function targetOf({ head, uri }: Relayed): string {
  const own = requestUri(head)
  const isRewritten = own.path !== uri.path || own.query !== uri.query
  const rewritten = uri.query === '' ? uri.path : `${uri.path}?${uri.query}`
  const target = isRewritten ? rewritten : originForm(head.target)
  return target.replace(/[^\x21-\x7e\x80-\xff]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`
  })
}

/** Whether a body comes, or may come: over HTTP/2 the head does not say. */
function hasBody({ client, head }: Relayed): boolean {
  const { values, isHttp2 } = head
  const length = values.get('content-length')?.[0]
  if (length !== undefined) return Number(length) > 0
  return values.has('transfer-encoding') || (isHttp2 && !client.isComplete())
}

function passBody(sent: SentRequest, { client, journal, stop }: Relayed): void {
  const { upload } = client
  // The server is to know of it before the first byte of the body. `flushHeaders` would send UTF-8.
  sent.write('', 'latin1')
  upload.on('data', (bytes: Buffer) => journal.passed('receivedBytes', bytes.length))
  upload.once('end', () => {
    stop.onStop = undefined
  })
  upload.pipe(sent)
}

function answerOf(
  sent: SentRequest,
  server: Server,
  relayed: Relayed,
): Promise<StreamedAnswer | UpgradedAnswer> {
  const { client, head, journal, stop, idleTimeoutMs } = relayed
  let isAnswered = false
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      if (error instanceof Refusal) reject(error)
      else {
        if (isUnconnected(error)) journal.note({ isUnconnected: true })
        reject(noAnswer(server, sent, error))
      }
      // Or the end of this request would pause the upload, which is to be read on.
      client.upload.unpipe(sent)
      sent.destroy()
    }
    const answer = (toAnswer: () => StreamedAnswer | UpgradedAnswer): void => {
      try {
        const answered = toAnswer()
        isAnswered = true
        journal.serverAnswered(answered.status)
        resolve(answered)
      } catch (error) {
        fail(error)
      }
    }
    sent.once('response', (response: IncomingMessage) => {
      response.on('error', () => {})
      answer(() => toStreamed(response, server))
    })
    sent.once('upgrade', (response: IncomingMessage, socket: Duplex, firstBytes: Buffer) => {
      socket.on('error', () => {})
      client.onceClosed(() => socket.destroy())
      answer(() => toUpgraded(response, { socket, firstBytes }, wantedUpgrade(head), server))
    })
    sent.on('error', fail)
    const waitsForClient = (): boolean => !client.isComplete() && !sent.writableNeedDrain
    sent.on('timeout', () => {
      // Then the silence is the client's, who is told so.
      if (waitsForClient()) return
      if (isAnswered) sent.destroy()
      else fail(silent(server, idleTimeoutMs))
    })
    if (!hasBody(relayed)) return
    stop.onStop = (refusal) => {
      if (isAnswered) client.abandon()
      else fail(waitsForClient() ? refusal : silent(server, idleTimeoutMs))
    }
  })
}
