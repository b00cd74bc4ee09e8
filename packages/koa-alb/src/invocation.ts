import type { IncomingMessage } from 'node:http'
import { Request } from './node-http.ts'
import type { AlbEvent, LambdaContext } from './types.ts'

/** The Lambda invocation behind a request. */
export interface Invocation {
  readonly event: AlbEvent
  readonly context: LambdaContext
  /** Aborted when the invocation fails, at its deadline for one; the reason is the `AlbError`. */
  readonly signal: AbortSignal
}

/** An invocation under way; the signal is made when somebody asks for it. */
export class RunningInvocation implements Invocation {
  readonly event: AlbEvent
  readonly context: LambdaContext
  #controller: AbortController | undefined
  #error: Error | undefined

  constructor(event: AlbEvent, context: LambdaContext) {
    this.event = event
    this.context = context
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#error) this.#controller.abort(this.#error)
    return this.#controller.signal
  }

  fail(error: Error): void {
    this.#error = error
    this.#controller?.abort(error)
  }
}

/**
 * Event, context and signal behind a request (Koa: `invocation(ctx.req)`), or `undefined` when it
 * did not come through `albHandler`, as under `app.listen`.
 */
export function invocation(request: IncomingMessage): Invocation | undefined {
  const owner = Request.ownerOf(request)
  return owner instanceof RunningInvocation ? owner : undefined
}
