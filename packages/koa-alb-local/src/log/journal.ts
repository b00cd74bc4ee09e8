import type { Refusal } from '../answer/refusal.ts'
import { uptimeMs } from '../time/clock.ts'
import type { ExecutedAction, LogEntry } from './log.ts'
import type { Start } from './start.ts'

/** What is known at once when it is known; the rest needs a step of its own. */
type Note = Partial<
  Pick<
    LogEntry,
    | 'targetGroupArn'
    | 'rulePriority'
    | 'ruleEvaluations'
    | 'initMs'
    | 'queuedMs'
    | 'documentBytes'
    | 'isUnconnected'
    | 'targetStatus'
    | 'redirectUrl'
    | 'classification'
    | 'classificationReason'
    | 'transformedHost'
    | 'transformedUri'
    | 'transformStatus'
  >
>
type Mutable<Entry> = { -readonly [Name in keyof Entry]: Entry[Name] }

/** Follows one exchange until it can be logged. */
export class Journal {
  readonly #entry: Mutable<LogEntry>
  readonly #actions: ExecutedAction[] = []
  #step = uptimeMs()

  constructor(start: Start, receivedBytes: number) {
    const now = new Date()
    this.#entry = {
      actions: this.#actions,
      requestedAt: now,
      answeredAt: now,
      status: 0,
      receivedBytes,
      sentBytes: 0,
      // By name: what is spread ends as an object that is a table, slow to write and to read.
      type: start.type,
      client: start.client,
      listenerPort: start.listenerPort,
      localAddress: start.localAddress,
      loadBalancer: start.loadBalancer,
      connectionTraceId: start.connectionTraceId,
      method: start.method,
      target: start.target,
      httpVersion: start.httpVersion,
      host: start.host,
      userAgent: start.userAgent,
    }
    if (start.tls) this.#entry.tls = start.tls
  }

  invoked(requestId: string, traceId: string | undefined, bodyBytes: number): void {
    this.#entry.requestId = requestId
    this.#entry.traceId = traceId
    this.#entry.requestProcessingMs = this.#sinceLastStep()
    this.#entry.receivedBytes += bodyBytes
  }

  invocationEnded(): void {
    this.#entry.targetProcessingMs = this.#sinceLastStep()
  }

  forwarded(server: string, traceId: string | undefined): void {
    this.#entry.server = server
    this.#entry.traceId = traceId
    this.#entry.requestProcessingMs = this.#sinceLastStep()
  }

  serverAnswered(status: number): void {
    this.#entry.targetStatus = status
    this.#entry.targetProcessingMs = this.#sinceLastStep()
  }

  /** Bytes of a body that passes. */
  passed(way: 'receivedBytes' | 'sentBytes', bytes: number): void {
    this.#entry[way] += bytes
  }

  note(facts: Note): void {
    Object.assign(this.#entry, facts)
  }

  acted(action: ExecutedAction): void {
    this.#actions.push(action)
  }

  refused({ message, errorReason, cause }: Refusal): void {
    Object.assign(this.#entry, { detail: message, errorReason, cause })
  }

  sent(status: number, bytes: number): void {
    this.#entry.status = status
    this.#entry.sentBytes = bytes
    const { server, targetStatus } = this.#entry
    if (server !== undefined && targetStatus !== undefined) {
      this.#entry.responseProcessingMs = this.#sinceLastStep()
    }
  }

  /** The entry, once the response is over; with a status when the client left before. */
  close(statusOfLeaving?: number): LogEntry {
    if (this.#entry.requestId) this.#entry.responseProcessingMs = this.#sinceLastStep()
    this.#entry.answeredAt = new Date()
    if (statusOfLeaving === undefined) return this.#entry
    // A copy: when the client has left, the invocation goes on and is noted further.
    return { ...this.#entry, status: statusOfLeaving, actions: [...this.#actions] }
  }

  #sinceLastStep(): number {
    const before = this.#step
    this.#step = uptimeMs()
    return this.#step - before
  }
}
