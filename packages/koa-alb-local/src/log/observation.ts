import type { Answer } from '../answer/answer.ts'
import type { ConnectionFacts } from '../request/connection-facts.ts'
import type { HeaderAttributes } from '../request/forwarded.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { RequestUri } from '../request/request-uri.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'
import type { LogEntry } from './log.ts'

/** What is kept of an exchange for whoever looks at all of it; each part once it is known. */
export interface Observation {
  readonly listener: ObservedListener
  readonly connection: ConnectionFacts
  /** Absent when no request could be parsed. */
  readonly head: ReceivedHead | undefined
  /** By which whoever keeps the exchange knows it again; 0 when nobody does. */
  keptAs: number
  /** Of the rule that matched. */
  rulePriority: number | undefined
  /** `context.awsRequestId` */
  requestId: string | undefined
  /** What an event was made of, besides the head: absent when none was. */
  group: ObservedGroup | undefined
  /** Where the function got it as text; a handler in this process may change its own. */
  event: AlbEvent | undefined
  /** After the transforms of the rule. */
  uri: RequestUri | undefined
  added: ReadonlyMap<string, string | undefined> | undefined
  traceId: string | undefined
  /** Of the request, or the beginning of it. */
  body: Buffer | undefined
  /** Bytes of the whole, here and below. */
  bodyLength: number | undefined
  /** The function's document as JSON text, valid or not, or the beginning of it. */
  payload: string | undefined
  payloadLength: number | undefined
  /** Whether the answer was made of the document. */
  isAnsweredByFunction: boolean
  /** Those that were made of the document; a listener may send others. */
  documentLines: readonly HeaderLine[] | undefined
  /** What went to the client, with its body or the beginning of it. */
  answer: Answer | undefined
  answerLength: number | undefined
}

/** What of a listener is needed to say later what it did. */
export interface ObservedListener {
  readonly protocol: 'http' | 'https'
  readonly port: number | undefined
  readonly loadBalancer: string
  readonly headers: HeaderAttributes
  readonly rules: readonly ObservedRule[]
}

export interface ObservedRule {
  readonly priority: number
  readonly conditions: readonly {
    holds(request: { readonly head: ReceivedHead; readonly uri: RequestUri }): boolean
    readonly text: string
  }[]
}

/** The group of the function that an event was for. */
export interface ObservedGroup {
  readonly arn: string
  readonly multiValueHeaders: boolean
  readonly emptyBodyIsBase64Encoded: boolean
  readonly reverseRepeatedHeaders: boolean
}

/** A rule that did not match. */
export interface PassedOver {
  readonly priority: number
  /** The first of its conditions that did not hold: `path-pattern /api/*`. */
  readonly condition: string
}

/** Sees all of each exchange. */
export interface Observer {
  /** It begins; the observation is filled as it goes on. */
  begin?(observation: Observation): void
  /** It is over. */
  end(entry: LogEntry, observation: Observation): void
}

// All there from the beginning: an object that grows has a new hidden class with each member.
export function observationOf(
  listener: ObservedListener,
  connection: ConnectionFacts,
  head: ReceivedHead | undefined,
): Observation {
  return {
    listener,
    connection,
    head,
    keptAs: 0,
    rulePriority: undefined,
    requestId: undefined,
    group: undefined,
    event: undefined,
    uri: undefined,
    added: undefined,
    traceId: undefined,
    body: undefined,
    bodyLength: undefined,
    payload: undefined,
    payloadLength: undefined,
    isAnsweredByFunction: false,
    documentLines: undefined,
    answer: undefined,
    answerLength: undefined,
  }
}
