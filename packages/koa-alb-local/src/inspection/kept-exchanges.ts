import type { LogEntry } from '../log/log.ts'
import type { Observation } from '../log/observation.ts'
import type { Arena, Piece } from './arena.ts'
import { toOtherText, toRequestText } from './head-text.ts'
import { bytesFor, type Contents, keepBytes } from './kept-bytes.ts'
import { keepEntry, seldomOf } from './kept-entry.ts'
import { bytesAt, bytesPerNumber, flags, flagsAt, partsAt, statusAt } from './layout.ts'
import { type References, type Restored, restored } from './restored.ts'

const nothing = Buffer.alloc(0)

/**
 * Exchanges that are over, each in a place: numbers and bytes in an arena, and references to what is
 * there longer than it. The next one in a place is written over it. Nothing is left for a garbage
 * collection, and nothing has a place of its own in memory, but lies beside what the exchange before has:
 * to fetch a line of memory takes longer than what is done with it.
 */
export class KeptExchanges {
  readonly #arena: Arena
  readonly #most: number
  readonly #pieces: Piece[] = []
  readonly #generations: number[] = []
  readonly #starts: number[] = []
  readonly #requestKeys: number[] = []
  readonly #listeners: References['listener'][] = []
  readonly #connections: References['connection'][] = []
  readonly #groups: References['group'][] = []
  readonly #targetGroupArns: References['targetGroupArn'][] = []
  /** Objects, which few exchanges have. */
  readonly #others = new Map<number, Pick<References, 'changes' | 'seldom'>>()

  /** @param most bytes of each body that are kept */
  constructor(arena: Arena, most: number) {
    this.#arena = arena
    this.#most = most
  }

  /** False once later exchanges have taken its memory. */
  has(place: number): boolean {
    const piece = this.#pieces[place]
    return piece !== undefined && piece.generation === this.#generations[place]
  }

  /** @param oldestId of the exchanges that are wanted yet */
  keep(place: number, oldestId: number, entry: LogEntry, observation: Observation): void {
    const { isAnsweredByFunction, head, payloadLength = 0, answerLength = 0 } = observation
    const { answer, documentLines } = observation
    const most = this.#most
    const isWhole = payloadLength <= 2 * most && answerLength <= most
    const isInDocument = isAnsweredByFunction && isWhole
    const isAnswerInDocument = isInDocument && answer?.lines === documentLines
    const contents = contentsOf(entry, observation, isInDocument, isAnswerInDocument)
    const bytes = bytesAt + bytesFor(contents, most)
    const piece = this.#arena.pieceFor(bytes, observation.keptAs, oldestId)
    const { numbers, end: start } = piece
    const first = start / bytesPerNumber
    keepEntry(entry, numbers, first)
    numbers[first + flagsAt] =
      (head ? flags.hasHead : 0) |
      (head?.text !== undefined ? flags.isHeadText : 0) |
      (head?.isHttp2 ? flags.isHttp2 : 0) |
      (isAnsweredByFunction ? flags.isAnsweredByFunction : 0) |
      (isInDocument ? flags.isBodyInDocument : 0) |
      (isAnswerInDocument ? flags.isAnswerInDocument : 0)
    numbers[first + statusAt] = answer?.status ?? 0
    const end = keepBytes(contents, most, piece, first + partsAt, start + bytesAt)
    piece.end = Math.ceil(end / bytesPerNumber) * bytesPerNumber
    this.#pieces[place] = piece
    this.#generations[place] = piece.generation
    this.#starts[place] = start
    this.#requestKeys[place] = keyOf(observation.requestId)
    this.#refer(place, entry, observation)
  }

  /** Lets go of what they refer to. */
  forget(): void {
    this.#pieces.length = 0
    this.#listeners.length = 0
    this.#connections.length = 0
    this.#groups.length = 0
    this.#others.clear()
  }

  isOf(place: number, requestId: string): boolean {
    const mayBe = this.#requestKeys[place] === keyOf(requestId)
    return mayBe && this.restored(place).entry.requestId === requestId
  }

  /** The entry and the observation once more. */
  restored(place: number): Restored {
    const piece = this.#pieces[place]
    if (!piece) throw new Error('nothing is kept')
    return restored(piece, this.#starts[place] ?? 0, {
      listener: this.#listeners[place],
      connection: this.#connections[place],
      group: this.#groups[place],
      targetGroupArn: this.#targetGroupArns[place],
      seldom: undefined,
      changes: undefined,
      ...this.#others.get(place),
    })
  }

  #refer(place: number, entry: LogEntry, observation: Observation): void {
    const { listener, connection, group, added, uri } = observation
    this.#listeners[place] = listener
    this.#connections[place] = connection
    this.#groups[place] = group
    this.#targetGroupArns[place] = entry.targetGroupArn
    const seldom = seldomOf(entry)
    const isRewritten = entry.transformStatus !== undefined
    const changes = isRewritten || added ? { added, uri } : undefined
    if (seldom || changes) this.#others.set(place, { seldom, changes })
    else if (this.#others.size > 0) this.#others.delete(place)
  }
}

function contentsOf(
  entry: LogEntry,
  observation: Observation,
  isInDocument: boolean,
  isAnswerInDocument: boolean,
): Contents {
  const { head, body, bodyLength, payload, payloadLength, answer, answerLength } = observation
  const isWithoutBody = head?.method === 'HEAD'
  return {
    head: toRequestText(entry, head),
    text: toOtherText(entry, answer, isAnswerInDocument),
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
