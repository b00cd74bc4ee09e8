import type { AnyAnswer } from '../answer/answer.ts'
import { errorPage } from '../answer/error-page.ts'
import { Refusal } from '../answer/refusal.ts'
import { Journal } from '../log/journal.ts'
import { type Observation, observationOf } from '../log/observation.ts'
import { observeStream } from '../log/observed-stream.ts'
import { startOf } from '../log/start.ts'
import type { UploadStop } from '../request/body.ts'
import { type Classification, classify } from '../request/desync.ts'
import { checkHead } from '../request/head-check.ts'
import type { ClientRequest, ReceivedHead } from '../request/received.ts'
import { requestUri } from '../request/request-uri.ts'
import type { Listener } from '../rules/listener.ts'
import { route } from '../rules/route.ts'
import { uptimeMs } from '../time/clock.ts'
import type { CurrentListener } from './current-listener.ts'
import { guarded, reportUnforeseen } from './unforeseen.ts'

/** One request and its answer. */
export interface Exchange {
  /** Answers with the refusal's page if the request is still being read. */
  stopReading(refusal: Refusal): void
}

/** Answers the request; whatever goes wrong becomes an error page and an entry on the log. */
export function startExchange(client: ClientRequest, current: CurrentListener): Exchange {
  const stop: UploadStop = { onStop: undefined }
  serve(client, stop, current).catch((error) => {
    reportUnforeseen('when a request was answered', error)
    client.abandon()
  })
  return { stopReading: (refusal) => stop.onStop?.(refusal) }
}

async function serve(
  client: ClientRequest,
  stop: UploadStop,
  current: CurrentListener,
): Promise<void> {
  const { version } = current
  const { listener } = version
  const journal = startJournal(client, listener)
  const { head } = client
  const observation = listener.observer && observationOf(listener, head.connection, head)
  if (observation) listener.observer?.begin?.(observation)
  const log = (isSent: boolean): void => {
    version.end()
    const left = client.isComplete() ? 460 : 400
    const entry = isSent ? journal.close() : journal.close(left)
    listener.log(entry)
    if (observation) listener.observer?.end(entry, observation)
  }
  version.begin()
  client.onceClosed(guarded('when a request was logged', log))
  const desync = classify(head)
  const send = (answer: AnyAnswer): void => {
    const sent = changed(answer, head, listener, desync)
    if (observation && 'body' in sent) {
      observation.answer = sent
      observation.answerLength = sent.body.length
    }
    if (observation && 'stream' in sent) observeStream(observation, sent)
    if ('stream' in sent) {
      sent.stream.on('data', (bytes: Buffer) => journal.passed('sentBytes', bytes.length))
    }
    journal.sent(answer.status, client.send(sent))
    if ('upgraded' in sent) {
      const { socket, firstBytes } = sent.upgraded
      journal.passed('sentBytes', firstBytes.length)
      socket.on('data', (bytes: Buffer) => journal.passed('sentBytes', bytes.length))
    }
  }
  const refuse = (error: unknown): void => {
    const refusal = toRefusal(error)
    journal.refused(refusal)
    send(errorPage(refusal.status))
  }
  try {
    send(await answerTo(client, stop, listener, journal, desync, observation))
  } catch (error) {
    refuse(error)
  }
}

function answerTo(
  client: ClientRequest,
  stop: UploadStop,
  listener: Listener,
  journal: Journal,
  desync: Classification | undefined,
  observation: Observation | undefined,
): Promise<AnyAnswer> {
  const { head } = client
  checkHead(head)
  checkDesync(desync, listener, journal)
  const port = listener.port ?? head.connection.localPort
  const added = listener.addedHeaders?.(head)
  return route(listener.rules, {
    head,
    uri: requestUri(head),
    client,
    listener,
    port,
    journal,
    stop,
    added,
    observation,
  })
}

function checkDesync(
  found: Classification | undefined,
  { desyncMode }: Listener,
  journal: Journal,
): void {
  if (!found) return
  journal.note({ classification: found.tier, classificationReason: found.reason })
  if (desyncMode !== 'strictest') return
  throw new Refusal(400, `the request is ${found.tier.toLowerCase()}: ${found.reason}`)
}

function changed(
  answer: AnyAnswer,
  { connection }: ReceivedHead,
  listener: Listener,
  desync: Classification | undefined,
): AnyAnswer {
  const { changeResponse, clientKeepAliveMs, desyncMode } = listener
  const lines = changeResponse ? changeResponse(answer.lines) : answer.lines
  const age = uptimeMs() - connection.openedAt
  const isLast =
    age > clientKeepAliveMs ||
    listener.isClosing?.() ||
    (desyncMode === 'defensive' && desync?.tier === 'Ambiguous')
  return { ...answer, lines, keepAlive: answer.keepAlive && !isLast }
}

function startJournal({ head }: ClientRequest, listener: Listener): Journal {
  const { method, target, httpVersion, values, headerBytes, connection } = head
  const requestLine = `${method} ${target} HTTP/${httpVersion}\r\n`
  const start = startOf(listener, connection, head, values)
  return new Journal(start, requestLine.length + headerBytes + 2)
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  const message = `the load balancer failed, please report this: ${error}`
  return new Refusal(500, message, { errorReason: 'LambdaServiceException', cause: error })
}
