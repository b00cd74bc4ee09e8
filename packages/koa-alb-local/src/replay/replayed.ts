import { randomUUID } from 'node:crypto'
import { errorPage } from '../answer/error-page.ts'
import { Refusal } from '../answer/refusal.ts'
import type { ReceivedResponse } from '../inspector/resend.ts'
import { modeOf } from '../invocation/header-mode.ts'
import { toResponse } from '../invocation/response.ts'
import type { Target } from '../targets/target.ts'
import type { AlbEvent } from '../types.ts'

/** What a client gets, and why it is an error page, if it is one of the load balancer. */
export interface Replayed {
  readonly response: ReceivedResponse
  readonly refusal: string | undefined
  /** What the function returned as JSON; `undefined` when it failed. */
  readonly payload: string | undefined
}

/** Invokes with the event, and makes of the outcome what a client of the load balancer gets. */
export async function replayed(target: Target, event: AlbEvent): Promise<Replayed> {
  const outcome = await target.invoke(JSON.stringify(event), { requestId: randomUUID() })
  if (!('payload' in outcome)) {
    return { response: errorPage(502), refusal: outcome.detail, payload: undefined }
  }
  const { payload } = outcome
  try {
    const answer = toResponse(payload, {
      method: event.httpMethod,
      multiValueHeaders: modeOf(event) === 'multi',
      reverseRepeatedHeaders: false,
    })
    const body = event.httpMethod === 'HEAD' ? Buffer.alloc(0) : answer.body
    return { response: { ...answer, body }, refusal: undefined, payload }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { response: errorPage(error.status), refusal: error.message, payload }
  }
}
