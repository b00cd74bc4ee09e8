import type { LogEntry } from '../log/log.ts'
import type { Observation } from '../log/observation.ts'
import type { Arena, Piece } from './arena.ts'
import { toOtherText, toRequestText } from './head-text.ts'
import { bytesFor, type Contents, keepBytes } from './kept-bytes.ts'
import { keepEntry, seldomOf } from './kept-entry.ts'
import { bytesAt, bytesPerNumber, flags, flagsAt, partsAt, statusAt } from './layout.ts'
import { type References, type Restored, restored } from './restored.ts'

/** Where an exchange goes. */
export interface Room {
  readonly arena: Arena
  /** Bytes of each body that are kept. */
  readonly most: number
  /** Of the exchanges that are wanted yet. */
  readonly oldestId: number
}

const nothing = Buffer.alloc(0)

/**
 * An exchange that is over, as numbers and bytes in an arena, and with references to what is there longer
 * than it. The next one is written over it. Nothing is left for a garbage collection, and little lies in a
 * place of its own: to fetch that takes longer than all that is done with it.
 */
export class KeptExchange implements References {
  listener: References['listener']
  connection: References['connection']
  group: References['group']
  targetGroupArn: string | undefined
  seldom: References['seldom']
  changes: References['changes']
  #piece: Piece | undefined
  #generation = 0
  #start = 0
  #requestKey = 0

  /** False once later exchanges have taken its memory. */
  get isThere(): boolean {
    return this.#piece?.generation === this.#generation
  }

  keep(
    { arena, most, oldestId }: Room,
    id: number,
    entry: LogEntry,
    observation: Observation,
  ): void {
    const { payloadLength = 0, answerLength = 0, isAnsweredByFunction, head } = observation
    const isWhole = payloadLength <= 2 * most && answerLength <= most
    const isInDocument = isAnsweredByFunction && isWhole
    const contents = contentsOf(entry, observation, isInDocument)
    const piece = arena.take(bytesAt + bytesFor(contents, most), id, oldestId)
    const { numbers, start } = piece
    const first = start / bytesPerNumber
    keepEntry(entry, numbers, first)
    numbers[first + flagsAt] =
      (head ? flags.hasHead : 0) |
      (head?.text !== undefined ? flags.isHeadText : 0) |
      (head?.isHttp2 ? flags.isHttp2 : 0) |
      (isAnsweredByFunction ? flags.isAnsweredByFunction : 0) |
      (isInDocument ? flags.isBodyInDocument : 0)
    numbers[first + statusAt] = observation.answer?.status ?? 0
    keepBytes(contents, most, piece, first + partsAt, start + bytesAt)
    this.#piece = piece
    this.#generation = piece.generation
    this.#start = start
    this.#requestKey = keyOf(observation.requestId)
    this.#refer(entry, observation)
  }

  /** Lets go of what it refers to. */
  forget(): void {
    this.listener = undefined
    this.connection = undefined
    this.group = undefined
    this.seldom = undefined
    this.changes = undefined
  }

  isOf(requestId: string): boolean {
    return this.#requestKey === keyOf(requestId) && this.restored().entry.requestId === requestId
  }

  /** The entry and the observation once more. */
  restored(): Restored {
    if (this.#piece) return restored(this.#piece, this.#start, this)
    throw new Error('nothing is kept')
  }

  #refer(entry: LogEntry, { listener, connection, group, added, uri }: Observation): void {
    this.listener = listener
    this.connection = connection
    this.group = group
    this.targetGroupArn = entry.targetGroupArn
    this.seldom = seldomOf(entry)
    const isRewritten = entry.transformStatus !== undefined
    this.changes = isRewritten || added ? { added, uri } : undefined
  }
}

function contentsOf(entry: LogEntry, observation: Observation, isInDocument: boolean): Contents {
  const { head, body, bodyLength, payload, payloadLength, answer, answerLength } = observation
  const text = toOtherText(entry, answer)
  const isWithoutBody = head?.method === 'HEAD'
  return {
    head: toRequestText(entry, head),
    text,
    textLength: Buffer.byteLength(text),
    body,
    bodyLength,
    payload,
    payloadLength,
    answer: isWithoutBody || isInDocument ? nothing : answer?.body,
    answerLength: isWithoutBody && answer ? 0 : answerLength,
  }
}

/** A number by which nearly all that have another id are left out. */
function keyOf(requestId = ''): number {
  let key = 0
  // Its first eight digits are random, like all the others.
  for (let index = 0; index < 8; index += 1) {
    key = (Math.imul(key, 31) + requestId.charCodeAt(index)) | 0
  }
  return key
}
