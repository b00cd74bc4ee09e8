import type { BodyPlan } from './body.ts'
import type { ExchangeOwner, Outcome, RunExchange } from './exchange.ts'
import { type Destination, planBody, toFittingResult } from './fit.ts'
import { RunningInvocation } from './invocation.ts'
import { type HttpRequest, hasMultiValueHeaders, toRequest } from './request.ts'
import type { ResponseHead } from './response.ts'
import type { AlbEvent, AlbResult, LambdaContext } from './types.ts'

/** What each invocation of a handler is held to. */
export interface Limits {
  readonly deadlineMarginMs: number
  readonly responseLimitBytes: number
}

/** Longer would overflow a timer; no invocation lasts longer than 900 s. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The document that the app answers an event with; rejects when there can be none. */
export function answer(
  exchange: RunExchange,
  limits: Limits,
  event: AlbEvent,
  context: LambdaContext,
): Promise<AlbResult> {
  return new Promise((resolve, reject) => {
    const request = toRequest(event)
    exchange(request, new Answer(request, limits, { event, context, resolve, reject }))
  })
}

interface Pending {
  readonly event: AlbEvent
  readonly context: LambdaContext
  resolve(result: AlbResult | Promise<AlbResult>): void
  reject(error: unknown): void
}

/** Settles one invocation with what its exchange ends with. */
class Answer implements ExchangeOwner, Destination {
  readonly invocation: RunningInvocation
  readonly method: string
  readonly path: string
  readonly rawHeaders: readonly string[]
  readonly multiValueHeaders: boolean
  readonly limitBytes: number
  readonly #limits: Limits
  readonly #pending: Pending

  constructor({ method, rawHeaders }: HttpRequest, limits: Limits, pending: Pending) {
    const { event, context } = pending
    this.invocation = new RunningInvocation(event, context)
    this.method = method
    this.path = event.path
    this.rawHeaders = rawHeaders
    this.multiValueHeaders = hasMultiValueHeaders(event)
    this.limitBytes = limits.responseLimitBytes
    this.#limits = limits
    this.#pending = pending
  }

  get safeBodyBytes(): number {
    return this.limitBytes / 2
  }

  /** Undefined for a context without a deadline, as tests may give. */
  remainingMs(): number | undefined {
    const { context } = this.#pending
    const remainingMs = context?.getRemainingTimeInMillis?.()
    if (remainingMs === undefined || !Number.isFinite(remainingMs)) return undefined
    const timeoutMs = remainingMs - this.#limits.deadlineMarginMs
    return Math.min(Math.max(timeoutMs, 0), LONGEST_TIMEOUT_MS)
  }

  planBody(head: ResponseHead): BodyPlan {
    return planBody(head, this)
  }

  onResponse(outcome: Outcome): void {
    try {
      this.#pending.resolve(toFittingResult(outcome, this))
    } catch (error) {
      this.#pending.reject(error)
    }
  }

  onFailure(error: Error): void {
    this.invocation.fail(error)
    this.#pending.reject(error)
  }
}
