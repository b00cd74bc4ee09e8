import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, sendAnswer } from './answer.ts'
import { readBody } from './body.ts'
import { errorPage } from './error-page.ts'
import { type EventSettings, type ReceivedRequest, toEvent } from './event.ts'
import { clientAddressOf } from './forwarded.ts'
import { checkHead, headerBytes, headerLines } from './head-check.ts'
import { Journal } from './journal.ts'
import type { LogEntry } from './log.ts'
import { Refusal } from './refusal.ts'
import { toResponse } from './response.ts'
import type { Target } from './target.ts'

export interface ExchangeSettings extends EventSettings {
  readonly target: Target | null
  readonly reverseRepeatedHeaders: boolean
  readonly log: (entry: LogEntry) => void
}

/** One request and its answer, as the connection sees them. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** Answers with the refusal's page if the request is still being read. */
  stopReading(refusal: Refusal): void
}

/** Answers the request; whatever goes wrong becomes an error page and an entry on the log. */
export function startExchange(
  request: IncomingMessage,
  response: ServerResponse,
  settings: ExchangeSettings,
): Exchange {
  const reading = new AbortController()
  void serve(request, response, reading.signal, settings)
  return { request, response, stopReading: (refusal) => reading.abort(refusal) }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  stop: AbortSignal,
  settings: ExchangeSettings,
): Promise<void> {
  const head = receivedHead(request)
  const journal = startJournal(request, head, settings)
  response.once('close', () => {
    const left = request.complete ? 460 : 400
    settings.log(response.writableFinished ? journal.close() : journal.close(left))
  })
  const answer = await answerTo(request, head, stop, settings, journal).catch((error: unknown) => {
    const refusal = toRefusal(error)
    journal.refused(refusal)
    return errorPage(refusal.status)
  })
  journal.sent(answer.status, sendAnswer(request, response, answer))
}

type ReceivedHead = Omit<ReceivedRequest, 'body'>

async function answerTo(
  request: IncomingMessage,
  head: ReceivedHead,
  stop: AbortSignal,
  settings: ExchangeSettings,
  journal: Journal,
): Promise<Answer> {
  checkHead(request, head.lines)
  const body = await readBody(request, stop)
  if (!settings.target) throw new Refusal(503, 'the target group has no target')
  const { event, traceId } = toEvent({ ...head, body }, settings)
  const requestId = randomUUID()
  journal.invoked(requestId, traceId, body.length)
  const outcome = await settings.target.invoke(JSON.stringify(event), { requestId })
  journal.invocationEnded()
  if (!('payload' in outcome)) {
    const { errorReason, detail, cause } = outcome
    const status = errorReason === 'LambdaConnectionTimeout' ? 504 : 502
    throw new Refusal(status, detail, { errorReason, cause })
  }
  journal.documented(Buffer.byteLength(outcome.payload))
  const answer = toResponse(outcome.payload, { ...settings, method: head.method })
  journal.accepted(answer.status)
  return answer
}

function receivedHead(request: IncomingMessage): ReceivedHead {
  const lines = headerLines(request)
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    lines,
    headerBytes: headerBytes(lines),
    clientAddress: clientAddressOf(request.socket.remoteAddress),
  }
}

function startJournal(
  request: IncomingMessage,
  { method, target, headerBytes, clientAddress }: ReceivedHead,
  { listener, targetGroupArn }: ExchangeSettings,
): Journal {
  const { httpVersion, headers, socket } = request
  const requestLine = `${method} ${target} HTTP/${httpVersion}\r\n`
  return new Journal(
    {
      type: listener.protocol,
      client: `${clientAddress}:${socket.remotePort}`,
      method,
      target,
      httpVersion,
      host: headers.host,
      userAgent: headers['user-agent'],
      targetGroupArn,
    },
    requestLine.length + headerBytes + 2,
  )
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const message = `the load balancer failed: ${error}`
  return new Refusal(500, message, { errorReason: 'LambdaServiceException', cause: error })
}
