import type { IncomingMessage } from 'node:http'
import { Request } from './node-http.ts'
import type { AlbEvent, LambdaContext } from './types.ts'

/** The Lambda invocation behind a request. */
export interface Invocation {
  readonly event: AlbEvent
  readonly context: LambdaContext
}

/**
 * Event and context behind a request (Koa: `invocation(ctx.req)`), or `undefined` when it did not
 * come through {@link albHandler}, as under `app.listen`.
 */
export function invocation(request: IncomingMessage): Invocation | undefined {
  // albHandler is the only one to construct a Request, and gives it an Invocation.
  return Request.exchangeOf(request) as Invocation | undefined
}
