import type { Answer } from '../answer/answer.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { AlbEvent } from '../types.ts'
import type { LogEntry } from './log.ts'

/** What is kept of an exchange for whoever looks at all of it; each part once it is known. */
export interface Observation {
  readonly head: ReceivedHead
  /** The query the event was made of, after the transforms of the rule. */
  query?: string
  event?: AlbEvent
  /** Of the target group the event went to. */
  multiValueHeaders?: boolean
  /** The function's document as JSON text, valid or not. */
  payload?: string
  /** Whether the answer was made of the document. */
  isAnsweredByFunction?: boolean
  /** What went to the client. */
  answer?: Answer
}

/** Called once per exchange, when it is over. */
export type Observer = (entry: LogEntry, observation: Observation) => void
