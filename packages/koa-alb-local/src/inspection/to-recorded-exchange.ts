import { differencesOf } from '../differences/differences.ts'
import { observedEvent } from '../invocation/observed-event.ts'
import type { LogEntry } from '../log/log.ts'
import type { Observation } from '../log/observation.ts'
import type { HeaderLine } from '../types.ts'
import { passedOver } from './passed-over.ts'
import type {
  RecordedBody,
  RecordedExchange,
  RecordedResponse,
  RecordedText,
  Timing,
} from './recorded-exchange.ts'

/** @param entry undefined while the client waits */
export function toRecordedExchange(
  id: number,
  entry: LogEntry | undefined,
  observation: Observation,
  log: Pick<RecordedExchange, 'functionLog' | 'isFunctionLogCut'>,
): RecordedExchange {
  const { head, group, body, bodyLength, listener, connection } = observation
  const { method = '-', target = '-', httpVersion = '-', rawHeaders = [] } = head ?? {}
  const event = observedEvent(observation)
  const document = documentOf(observation)
  const response = responseOf(observation)
  const requestBody = body && bodyOf(body, bodyLength)
  const isCut = [requestBody, document, response?.body].some((each) => each?.isCut)
  return {
    id,
    isOver: entry !== undefined,
    ...(entry && { entry }),
    listenerPort: listener.port ?? connection.localPort,
    request: {
      method,
      target,
      httpVersion,
      lines: linesOf(rawHeaders),
      ...(requestBody && { body: requestBody }),
    },
    passedOver: passedOver(observation),
    ...(group && {
      targetGroup: { arn: group.arn, multiValueHeaders: group.multiValueHeaders },
    }),
    ...(event && { event }),
    ...(document && { document }),
    ...(response && { response }),
    differences: isCut ? [] : differencesOf(observation),
    timing: timingOf(entry),
    ...log,
  }
}

function documentOf({ payload, payloadLength }: Observation): RecordedText | undefined {
  if (payload === undefined) return undefined
  const bytes = Buffer.byteLength(payload)
  const length = payloadLength ?? bytes
  return { text: payload, length, isCut: bytes < length }
}

function responseOf({ answer, answerLength }: Observation): RecordedResponse | undefined {
  if (!answer) return undefined
  const { status, phrase, lines, body } = answer
  return { status, phrase, lines, body: bodyOf(body, answerLength) }
}

function bodyOf(bytes: Buffer, length = bytes.length): RecordedBody {
  return { bytes, length, isCut: bytes.length < length }
}

function linesOf(rawHeaders: readonly string[]): HeaderLine[] {
  const lines: HeaderLine[] = []
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? ''])
  }
  return lines
}

function timingOf(entry: LogEntry | undefined): Timing {
  if (!entry) return {}
  const { requestProcessingMs, queuedMs, initMs, targetProcessingMs, responseProcessingMs } = entry
  const before = (queuedMs ?? 0) + (initMs ?? 0)
  return {
    ...(requestProcessingMs !== undefined && { receivedMs: requestProcessingMs }),
    ...(queuedMs !== undefined && { queuedMs }),
    ...(initMs !== undefined && { initMs }),
    ...(targetProcessingMs !== undefined && { invokeMs: Math.max(0, targetProcessingMs - before) }),
    ...(responseProcessingMs !== undefined && { sentMs: responseProcessingMs }),
  }
}
