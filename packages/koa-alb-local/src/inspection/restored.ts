import type { AnswerHead } from '../answer/answer.ts'
import { parseDocument } from '../invocation/document.ts'
import { toResponse } from '../invocation/response.ts'
import type { LogEntry } from '../log/log.ts'
import { type Observation, observationOf } from '../log/observation.ts'
import { startOf } from '../log/start.ts'
import { type ReceivedHead, receivedHead } from '../request/received.ts'
import { requestUri } from '../request/request-uri.ts'
import type { Piece } from './arena.ts'
import { fromOtherText, fromRequestText, type OtherText } from './head-text.ts'
import { KeptBytes } from './kept-bytes.ts'
import { restoredEntry } from './kept-entry.ts'
import { bytesAt, bytesPerNumber, flags, flagsAt, partsAt, statusAt } from './layout.ts'

const nothing = Buffer.alloc(0)

/** What is kept of an exchange besides its numbers and bytes. */
export interface References {
  readonly listener: Observation['listener'] | undefined
  readonly connection: Observation['connection'] | undefined
  readonly group: Observation['group'] | undefined
  readonly targetGroupArn: string | undefined
  /** Objects of its own, for what few exchanges have. */
  readonly seldom: Partial<LogEntry> | undefined
  readonly changes: Pick<Observation, 'added' | 'uri'> | undefined
}

export interface Restored {
  readonly entry: LogEntry
  readonly observation: Observation
}

interface Kept {
  readonly numbers: Float64Array
  readonly bytes: KeptBytes
  readonly text: OtherText
  readonly references: References
  has(flag: number): boolean
}

/** The entry and the observation of an exchange, as far as they were kept. */
export function restored(piece: Piece, start: number, references: References): Restored {
  const first = start / bytesPerNumber
  const numbers = piece.numbers.subarray(first)
  const bytes = new KeptBytes(piece, first + partsAt, start + bytesAt)
  const text = fromOtherText(bytes.read('text').toString())
  const has = (flag: number): boolean => ((numbers[flagsAt] ?? 0) & flag) !== 0
  const kept: Kept = { numbers, bytes, text, references, has }
  const { listener, connection, targetGroupArn, seldom } = references
  if (!listener || !connection) throw new Error('nothing is kept')
  const sent = fromRequestText(bytes.read('head').toString('latin1'), has(flags.isHeadText))
  const requestLine = { ...sent, httpVersion: text.httpVersion, isHttp2: has(flags.isHttp2) }
  const head = has(flags.hasHead) ? headOf(requestLine, sent.rawHeaders, connection) : undefined
  const { requestId, traceId } = text
  const entry = restoredEntry(numbers, {
    ...startOf(listener, connection, requestLine, head?.values),
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
    ...(targetGroupArn !== undefined && { targetGroupArn }),
    ...seldom,
  })
  const observation = {
    ...observationOf(listener, connection, head),
    ...partsOf(kept, head),
    rulePriority: entry.rulePriority,
  }
  return { entry, observation }
}

function headOf(
  { method, target, httpVersion, isHttp2 }: Parameters<typeof receivedHead>[0],
  rawHeaders: readonly string[],
  connection: Observation['connection'],
): ReceivedHead {
  return receivedHead({ method, target, httpVersion, isHttp2 }, rawHeaders, connection)
}

function partsOf(kept: Kept, head: ReceivedHead | undefined): Partial<Observation> {
  const { bytes, text, references, has } = kept
  const bodyLength = bytes.lengthOf('body')
  const payloadLength = bytes.lengthOf('payload')
  return {
    requestId: text.requestId,
    traceId: text.traceId,
    group: references.group,
    uri: references.changes?.uri ?? (head && requestUri(head)),
    added: references.changes?.added,
    body: bodyLength === undefined ? undefined : bytes.read('body'),
    bodyLength,
    payload: payloadLength === undefined ? undefined : bytes.read('payload').toString(),
    payloadLength,
    isAnsweredByFunction: has(flags.isAnsweredByFunction),
    answer: answerOf(kept, head),
    answerLength: bytes.lengthOf('answer'),
  }
}

function answerOf(kept: Kept, head: ReceivedHead | undefined): Observation['answer'] {
  const { numbers, text, has } = kept
  const status = numbers[statusAt] ?? 0
  if (status === 0) return undefined
  const body = bodyOf(kept, status, head)
  const { phrase, lines } = has(flags.isAnswerInDocument) ? answerInDocument(kept, head) : text
  return { status, phrase, lines, body, keepAlive: false }
}

/** All of it but its body, which a request may not have asked for. */
function answerInDocument(
  { bytes, references, text }: Kept,
  head: ReceivedHead | undefined,
): AnswerHead {
  const { multiValueHeaders = false, reverseRepeatedHeaders = false } = references.group ?? {}
  return toResponse(bytes.read('payload').toString(), {
    method: head?.method ?? 'GET',
    multiValueHeaders,
    reverseRepeatedHeaders,
    date: text.date,
  })
}

function bodyOf(
  { bytes, references, has }: Kept,
  status: number,
  head: ReceivedHead | undefined,
): Buffer {
  if (!has(flags.isBodyInDocument)) return bytes.read('answer')
  const isWithoutBody = head?.method === 'HEAD' || status === 204 || status === 304
  if (isWithoutBody) return nothing
  const { multiValueHeaders = false } = references.group ?? {}
  return parseDocument(bytes.read('payload').toString(), multiValueHeaders).body
}
