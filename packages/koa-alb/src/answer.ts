import type { BodyPlan } from './body.ts'
import type { ExchangeOwner, Outcome, RunExchange } from './exchange.ts'
import { type Destination, planBody, toFittingResult } from './fit.ts'
import type { Invocation } from './invocation.ts'
import { toRefusal } from './refusal.ts'
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
    if (request) exchange(request, new Answer(event, context, request, limits, { resolve, reject }))
    else resolve(toRefusal(hasMultiValueHeaders(event)))
  })
}

interface Settling {
  resolve(result: AlbResult | Promise<AlbResult>): void
  reject(error: unknown): void
}

/** An invocation under way, settled with what its exchange ends with. */
export class Answer implements ExchangeOwner, Invocation {
  readonly event: AlbEvent
  readonly context: LambdaContext
  readonly #request: HttpRequest
  readonly #limits: Limits
  /**
   * Let go of when settled: an app that holds on to its request holds no document, and V8 moves no
   * document to its old generation (1.1 GB less in 4,000 images of 256 KB, measured).
   */
  #settling: Settling | undefined
  #controller: AbortController | undefined
  #error: Error | undefined

  constructor(
    event: AlbEvent,
    context: LambdaContext,
    request: HttpRequest,
    limits: Limits,
    settling: Settling,
  ) {
    this.event = event
    this.context = context
    this.#request = request
    this.#limits = limits
    this.#settling = settling
  }

  /** Made when somebody asks for it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#error) this.#controller.abort(this.#error)
    return this.#controller.signal
  }

  get limitBytes(): number {
    return this.#limits.responseLimitBytes
  }

  /** Undefined for a context without a deadline, as tests may give. */
  remainingMs(): number | undefined {
    const remainingMs = this.context?.getRemainingTimeInMillis?.()
    if (remainingMs === undefined || !Number.isFinite(remainingMs)) return undefined
    const timeoutMs = remainingMs - this.#limits.deadlineMarginMs
    return Math.min(Math.max(timeoutMs, 0), LONGEST_TIMEOUT_MS)
  }

  planBody(head: ResponseHead): BodyPlan {
    return planBody(head, this.#destination())
  }

  onResponse(outcome: Outcome): void {
    try {
      this.#settling?.resolve(toFittingResult(outcome, this.#destination()))
    } catch (error) {
      this.#settling?.reject(error)
    }
    this.#settling = undefined
  }

  onFailure(error: Error): void {
    this.#error = error
    this.#controller?.abort(error)
    this.#settling?.reject(error)
    this.#settling = undefined
  }

  #destination(): Destination {
    const { event, limitBytes } = this
    const { method, rawHeaders } = this.#request
    const multiValueHeaders = hasMultiValueHeaders(event)
    return { method, path: event.path, rawHeaders, multiValueHeaders, limitBytes }
  }
}
