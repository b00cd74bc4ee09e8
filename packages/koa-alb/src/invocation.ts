import type { IncomingMessage } from 'node:http'
import { Answer } from './answer.ts'
import { Request } from './node-http.ts'
import type { AlbEvent, LambdaContext } from './types.ts'

/** The Lambda invocation behind a request. */
export interface Invocation {
  readonly event: AlbEvent
  readonly context: LambdaContext
  /** Aborted when the invocation fails, at its deadline for one; the reason is the `AlbError`. */
  readonly signal: AbortSignal
}

/**
 * Event, context and signal behind a request (Koa: `invocation(ctx.req)`), or `undefined` when it
 * did not come through `albHandler`, as under `app.listen`.
 */
export function invocation(request: IncomingMessage): Invocation | undefined {
  const owner = Request.ownerOf(request)
  return owner instanceof Answer ? owner : undefined
}
