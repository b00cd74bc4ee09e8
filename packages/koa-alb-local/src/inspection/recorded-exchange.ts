import type { Difference } from '../differences/difference.ts'
import type { LogEntry } from '../log/log.ts'
import type { PassedOver } from '../log/observation.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'

/** One exchange, as it was kept. */
export interface RecordedExchange {
  /** Counts from 1 in each recorder. */
  readonly id: number
  /** False while the client waits. */
  readonly isOver: boolean
  /** What the log gets; absent while the client waits. */
  readonly entry?: LogEntry
  /** The listener's own port, whatever port it is open on. */
  readonly listenerPort: number
  readonly request: RecordedRequest
  /** The rules that were tried before the one that matched, each with the condition that did not hold. */
  readonly passedOver: readonly PassedOver[]
  /** Absent when the request was not forwarded to a function. */
  readonly targetGroup?: { readonly arn: string; readonly multiValueHeaders: boolean }
  readonly event?: AlbEvent
  /** What the function returned, as JSON text. */
  readonly document?: RecordedText
  /** What the client was sent; absent while it waits, and when it left before. */
  readonly response?: RecordedResponse
  /** What of the request did not reach the function, or of its answer not the client, as it was. */
  readonly differences: readonly Difference[]
  readonly timing: Timing
  /** What the function wrote meanwhile, where it runs in a process of its own. */
  readonly functionLog: readonly string[]
  /** Whether lines of that log are missing at its end. */
  readonly isFunctionLogCut: boolean
}

export interface RecordedRequest {
  /** One character per byte; `-` when no request could be parsed. */
  readonly method: string
  readonly target: string
  /** `1.1`, `2.0`; `-` when no request could be parsed. */
  readonly httpVersion: string
  /** In the order they came, one character per byte. */
  readonly lines: readonly HeaderLine[]
  /** Absent when it was not read. */
  readonly body?: RecordedBody
}

export interface RecordedResponse {
  readonly status: number
  readonly phrase: string
  readonly lines: readonly HeaderLine[]
  readonly body: RecordedBody
}

/** A body, or the beginning of it. */
export interface RecordedBody {
  readonly bytes: Buffer
  /** Bytes of the whole body. */
  readonly length: number
  readonly isCut: boolean
}

export interface RecordedText {
  readonly text: string
  /** Bytes of the whole text in UTF-8. */
  readonly length: number
  readonly isCut: boolean
}

/** Where the time went, in milliseconds; what did not happen is absent. */
export interface Timing {
  /** From the head of the request to the invocation: the upload. */
  readonly receivedMs?: number
  /** Until there was a function to take it, such as while a change of its code was built. */
  readonly queuedMs?: number
  /** Of the init phase: a cold start. */
  readonly initMs?: number
  /** Of the invocation, without the two above. */
  readonly invokeMs?: number
  /** From the end of the invocation to the end of the response. */
  readonly sentMs?: number
}
