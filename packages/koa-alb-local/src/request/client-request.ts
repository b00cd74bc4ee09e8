import type { Readable } from 'node:stream'
import type { Answer } from '../answer/answer.ts'
import type { ReceivedHead } from './received.ts'

/** A request and the way back to its client, whatever version of HTTP it came by. */
export interface ClientRequest {
  readonly head: ReceivedHead
  /** The request body as it comes. */
  readonly upload: Readable
  /** Whether the whole request has arrived. */
  isComplete(): boolean
  /** Sends the answer and returns the bytes it takes on the wire: none when the client has left. */
  send(answer: Answer): number
  /** Calls back once nothing more can be sent, with whether the answer went out whole. */
  onceClosed(listener: (isSent: boolean) => void): void
}
