import type { IncomingMessage } from 'node:http'
import type { AlbEvent, LambdaContext } from './types.ts'

/** The Lambda invocation behind a request. */
export interface Invocation {
  readonly event: AlbEvent
  readonly context: LambdaContext
  /** Aborted when the invocation fails, at its deadline for one; the reason is the `AlbError`. */
  readonly signal: AbortSignal
}

/** What a request carries of its exchange. */
export interface Carried {
  readonly invocation: Invocation
  /** Ends the exchange: its request listener failed. */
  fail(cause: unknown): void
}

/**
 * Registered, so that all copies of this package in a process find what one of them put there: an
 * ESM handler and a CommonJS library, a bundle, a reset module registry. A change of `Carried` that
 * an older copy would not understand takes another name.
 */
export const CARRIED = Symbol.for('koa-alb.exchange')

/** What a request of `albHandler` carries, `undefined` for any other. */
export function carriedBy(request: unknown): Carried | undefined {
  if (typeof request !== 'object' || request === null) return undefined
  return (request as { [CARRIED]?: Carried })[CARRIED]
}

/**
 * Event, context and signal behind a request (Koa: `invocation(ctx.req)`), or `undefined` when it
 * did not come through `albHandler`, as under `app.listen`. Whichever copy of this package made the
 * handler.
 */
export function invocation(request: IncomingMessage): Invocation | undefined {
  return carriedBy(request)?.invocation
}
