import type { BodyPlan } from './body.ts'
import { clearTimeout, nextTick, setImmediate, setTimeout } from './clock.ts'
import { AlbError } from './errors.ts'
import type { Exchange, ExchangeOwner, Outcome, StartExchange } from './exchange.ts'
import { type Destination, planBody, toFittingResult } from './fit.ts'
import type { Invocation } from './invocation.ts'
import { titleOf } from './outline.ts'
import { toRefusal } from './refusal.ts'
import { remainingMsOf } from './remaining-time.ts'
import { type HttpRequest, hasMultiValueHeaders, toRequest } from './request.ts'
import type { ResponseHead } from './response.ts'
import { clearTurn, startTurn, type Turn } from './turn.ts'
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
  app: StartExchange | Promise<StartExchange>,
  limits: Limits,
  event: AlbEvent,
  context: LambdaContext,
): Promise<AlbResult> {
  return new Promise((resolve, reject) => {
    const request = toRequest(event)
    if (request) new Answer(event, context, request, limits, { resolve, reject }).begin(app)
    else resolve(toRefusal(hasMultiValueHeaders(event), 400))
  })
}

interface Settling {
  resolve(result: AlbResult): void
  reject(error: unknown): void
}

/** An invocation under way, settled with what its exchange ends with, or at its deadline. */
class Answer implements ExchangeOwner, Invocation, Destination {
  readonly #event: AlbEvent
  readonly #context: LambdaContext
  readonly #request: HttpRequest
  readonly #limits: Limits
  /**
   * Let go of when settled: an app that holds on to its request holds no document, and V8 moves no
   * document to its old generation (1.1 GB less in 4,000 images of 256 KB, measured).
   */
  #settling: Settling | undefined
  #turn: Turn
  #timer: NodeJS.Timeout | undefined
  #exchange: Exchange | undefined
  #controller: AbortController | undefined
  #error: Error | undefined

  constructor(
    event: AlbEvent,
    context: LambdaContext,
    request: HttpRequest,
    limits: Limits,
    settling: Settling,
  ) {
    this.#event = event
    this.#context = context
    this.#request = request
    this.#limits = limits
    this.#settling = settling
    // A timer costs a tenth of a small exchange (measured), and most responses are complete before the
    // event loop turns, or with the turn that brings the end of a body: it starts with the second.
    this.#turn = startTurn(Answer.#waitOn, this)
  }

  get event(): AlbEvent {
    return this.#event
  }

  get context(): LambdaContext {
    return this.#context
  }

  /** Made when somebody asks for it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#error) this.#controller.abort(this.#error)
    return this.#controller.signal
  }

  get invocation(): Invocation {
    return this
  }

  get limitBytes(): number {
    return this.#limits.responseLimitBytes
  }

  get title(): string {
    const { httpMethod, path } = this.#event
    return titleOf({ method: httpMethod, path })
  }

  /**
   * The exchange begins on a tick of its own. What its listener enters (`enterWith`, a domain) ends
   * with that tick, where the caller's context would keep it for the next invocation; and what it
   * puts on the next tick runs before what it awaits, as if a parser had called it.
   */
  begin(app: StartExchange | Promise<StartExchange>): void {
    if (typeof app === 'function') nextTick(Answer.#run, this, app)
    else
      app.then(
        (start) => nextTick(Answer.#run, this, start),
        (error) => this.onFailure(error),
      )
  }

  static #run(answer: Answer, start: StartExchange): void {
    // The deadline may have passed while the app was not ready.
    if (answer.#settling) answer.#exchange = start(answer.#request, answer)
  }

  get method(): string {
    return this.#request.method
  }

  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders
  }

  get multiValueHeaders(): boolean {
    return hasMultiValueHeaders(this.#event)
  }

  planBody(head: ResponseHead): BodyPlan {
    return planBody(head, this)
  }

  onResponse(outcome: Outcome): void {
    try {
      const result = toFittingResult(outcome, this, () => this.signal)
      if (!(result instanceof Promise)) this.#succeed(result)
      else
        result.then(
          (fitting) => this.#succeed(fitting),
          (error) => this.onFailure(error),
        )
    } catch (error) {
      // `toFittingResult` throws nothing but errors.
      this.onFailure(error as Error)
    }
  }

  #succeed(result: AlbResult): void {
    this.#stopTimer()
    this.#settling?.resolve(result)
    this.#settling = undefined
  }

  onRefusal(): void {
    this.#succeed(toRefusal(this.multiValueHeaders, 431))
  }

  onFailure(error: Error): void {
    if (!this.#settling) return
    this.#stopTimer()
    this.#error = error
    const { reject } = this.#settling
    this.#settling = undefined
    reject(error)
    this.#controller?.abort(error)
  }

  static #waitOn(answer: Answer): void {
    if (answer.#settling) answer.#turn = startTurn(Answer.#startTimer, answer)
  }

  static #startTimer(answer: Answer): void {
    if (!answer.#settling) return
    const timeoutMs = answer.#remainingMs()
    if (timeoutMs === undefined) return
    answer.#timer = setTimeout(Answer.#expire, timeoutMs, answer, timeoutMs)
  }

  #remainingMs(): number | undefined {
    const remainingMs = remainingMsOf(this.#context)
    if (remainingMs === undefined) return undefined
    const timeoutMs = remainingMs - this.#limits.deadlineMarginMs
    return Math.min(Math.max(timeoutMs, 0), LONGEST_TIMEOUT_MS)
  }

  static #expire(answer: Answer, timeoutMs: number): void {
    const exchange = answer.#exchange
    const progress = exchange ? exchange.progress : 'the app was not ready'
    const message = `${answer.title}: no complete response within ${timeoutMs} ms; ${progress}`
    const error = new AlbError('ALB_ERR_DEADLINE_EXCEEDED', message)
    exchange?.abort(error)
    // The app sees the connection closed first; an exchange may be over and its document not made.
    setImmediate(Answer.#fail, answer, error)
  }

  static #fail(answer: Answer, error: Error): void {
    answer.onFailure(error)
  }

  #stopTimer(): void {
    clearTurn(this.#turn)
    clearTimeout(this.#timer)
  }
}
