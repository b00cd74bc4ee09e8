import type { Answer } from '../answer/answer.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { AlbEvent } from '../types.ts'
import type { LogEntry } from './log.ts'

/** What is kept of an exchange for whoever looks at all of it; each part once it is known. */
export interface Observation {
  /** Absent when no request could be parsed. */
  readonly head: ReceivedHead | undefined
  /** The rules that were tried before the one that matched. */
  readonly passedOver: PassedOver[]
  /** `context.awsRequestId` */
  requestId?: string
  /** The query the event was made of, after the transforms of the rule. */
  query?: string
  /** The body of the request. */
  body?: Buffer
  event?: AlbEvent
  /** Of the target group the event went to. */
  multiValueHeaders?: boolean
  /** The function's document as JSON text, valid or not. */
  payload?: string
  /** Whether the answer was made of the document. */
  isAnsweredByFunction?: boolean
  /** What went to the client; of a body that goes as it comes, the beginning. */
  answer?: Answer
  /** Bytes of such a body. */
  streamedBytes?: number
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
