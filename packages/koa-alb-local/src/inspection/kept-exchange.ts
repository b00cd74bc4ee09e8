import type { LogEntry } from '../log/log.ts'
import { type Observation, observationOf } from '../log/observation.ts'
import { startOf } from '../log/start.ts'
import type { ConnectionFacts } from '../request/connection-facts.ts'
import { type ReceivedHead, receivedHead } from '../request/received.ts'
import { requestUri } from '../request/request-uri.ts'
import type { Arena } from './arena.ts'
import {
  fromOtherText,
  fromRequestText,
  type OtherText,
  toOtherText,
  toRequestText,
} from './head-text.ts'
import { KeptBytes } from './kept-bytes.ts'
import { KeptEntry } from './kept-entry.ts'

/** Where an exchange took place, which is there longer than it. */
interface Place {
  readonly listener: Observation['listener']
  readonly connection: ConnectionFacts
}

const nothing = Buffer.alloc(0)

/**
 * An exchange that is over, as bytes and numbers, and with references to what is there longer than it. The
 * next one is written over it: nothing is left for a garbage collection.
 */
export class KeptExchange {
  readonly #bytes: KeptBytes
  readonly #entry = new KeptEntry()
  #listener: Observation['listener'] | undefined
  #connection: ConnectionFacts | undefined
  #group: Observation['group']
  #requestKey = 0
  #hasHead = false
  #isHeadAsItCame = false
  #isHttp2 = false
  #isAnsweredByFunction = false
  /** 0 when there was none. */
  #answerStatus = 0
  /** An object of its own only where a rule or the listener changes requests. */
  #changes: Pick<Observation, 'added' | 'uri'> | undefined

  /** @param mostBytes of each body that are kept */
  constructor(arena: Arena, mostBytes: number) {
    this.#bytes = new KeptBytes(arena, mostBytes)
  }

  /** False once later exchanges have taken its memory. */
  get isThere(): boolean {
    return this.#bytes.isThere
  }

  keep(id: number, oldestId: number, entry: LogEntry, observation: Observation): void {
    const { head, answer, added, uri, requestId } = observation
    this.#listener = observation.listener
    this.#connection = observation.connection
    this.#group = observation.group
    this.#requestKey = keyOf(requestId)
    this.#hasHead = head !== undefined
    this.#isHeadAsItCame = head?.text !== undefined
    this.#isHttp2 = head?.isHttp2 === true
    this.#isAnsweredByFunction = observation.isAnsweredByFunction
    this.#answerStatus = answer?.status ?? 0
    const isRewritten = entry.transformStatus !== undefined
    this.#changes = isRewritten || added ? { added, uri } : undefined
    this.#entry.keep(entry)
    const isWithoutBody = head?.method === 'HEAD'
    this.#bytes.keep(id, oldestId, {
      head: toRequestText(entry, head),
      text: toOtherText(entry, answer),
      body: observation.body,
      bodyLength: observation.bodyLength,
      payload: observation.payload,
      payloadLength: observation.payloadLength,
      answer: isWithoutBody ? nothing : answer?.body,
      answerLength: isWithoutBody && answer ? 0 : observation.answerLength,
    })
  }

  /** Lets go of what it refers to. */
  forget(): void {
    this.#listener = undefined
    this.#connection = undefined
    this.#group = undefined
    this.#changes = undefined
  }

  isOf(requestId: string): boolean {
    return this.#requestKey === keyOf(requestId) && this.#text().requestId === requestId
  }

  /** The entry and the observation once more. */
  restored(): { entry: LogEntry; observation: Observation } {
    const text = this.#text()
    const { httpVersion, requestId, traceId } = text
    const { method, target, rawHeaders } = fromRequestText(
      this.#bytes.read('head')?.toString('latin1') ?? '',
      this.#isHeadAsItCame,
    )
    const { listener, connection } = this.#place()
    const requestLine = { method, target, httpVersion, isHttp2: this.#isHttp2 }
    const head = this.#hasHead ? receivedHead(requestLine, rawHeaders, connection) : undefined
    const entry = this.#entry.restored({
      ...startOf(listener, connection, requestLine, head?.values),
      ...(requestId !== undefined && { requestId }),
      ...(traceId !== undefined && { traceId }),
    })
    const observation = {
      ...observationOf(listener, connection, head),
      ...this.#restoredParts(text, head),
      rulePriority: entry.rulePriority,
      requestId,
      traceId,
      group: this.#group,
      isAnsweredByFunction: this.#isAnsweredByFunction,
    }
    return { entry, observation }
  }

  #restoredParts(
    { phrase, lines }: OtherText,
    head: ReceivedHead | undefined,
  ): Partial<Observation> {
    const bytes = this.#bytes
    const status = this.#answerStatus
    const body = bytes.read('answer') ?? nothing
    return {
      uri: this.#changes?.uri ?? (head && requestUri(head)),
      added: this.#changes?.added,
      body: bytes.read('body'),
      bodyLength: bytes.lengthOf('body'),
      payload: bytes.read('payload')?.toString(),
      payloadLength: bytes.lengthOf('payload'),
      answer: status === 0 ? undefined : { status, phrase, lines, body, keepAlive: false },
      answerLength: bytes.lengthOf('answer'),
    }
  }

  #text(): OtherText {
    return fromOtherText(this.#bytes.read('text')?.toString() ?? '')
  }

  #place(): Place {
    if (this.#listener && this.#connection) {
      return { listener: this.#listener, connection: this.#connection }
    }
    throw new Error('nothing is kept')
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
