import { randomUUID } from 'node:crypto'
import { toResponse } from '../invocation/response.ts'
import { headlineOf } from '../targets/function-error.ts'
import type { InvocationOutcome, Target } from '../targets/target.ts'
import type { FunctionGroup } from '../targets/target-group.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import type { AlbEvent } from '../types.ts'

export interface HealthCheckSettings {
  readonly path: string
  readonly intervalMs: number
  readonly timeoutMs: number
  readonly healthyThreshold: number
  readonly unhealthyThreshold: number
  /** The statuses that are a success, as they are written. */
  readonly matcher: string
  /** Whether a status is a success. */
  readonly matches: (status: number) => boolean
}

/** What one check came to; `reason` in the words of the API. */
export type HealthCheckResult = (
  | { readonly isSuccess: true }
  | { readonly isSuccess: false; readonly reason: HealthCheckReason; readonly detail: string }
) & {
  /** As the target answered; absent when it did not. */
  readonly status?: number
}

export type HealthCheckReason =
  | 'Target.FailedHealthChecks'
  | 'Target.ResponseCodeMismatch'
  | 'Target.Timeout'

export const userAgent = 'ELB-HealthChecker/2.0'

/** Invokes the function with a health-check event and judges its answer. */
export async function checkHealth(
  group: FunctionGroup,
  settings: HealthCheckSettings,
): Promise<HealthCheckResult> {
  if (!group.target) {
    return { isSuccess: false, reason: 'Target.FailedHealthChecks', detail: 'no target' }
  }
  const event = JSON.stringify(healthCheckEvent(group, settings.path))
  const timer = startTimer(settings.timeoutMs)
  const outcome = await Promise.race([invoke(group.target, event), timer.elapsed])
  timer.stop()
  if (outcome === undefined) {
    return { isSuccess: false, reason: 'Target.Timeout', detail: 'Request timed out' }
  }
  const failed = { isSuccess: false, reason: 'Target.FailedHealthChecks' } as const
  if (!('payload' in outcome)) return { ...failed, detail: outcome.detail }
  try {
    return judged(toResponse(outcome.payload, { ...group, method: 'GET' }).status, settings)
  } catch (error) {
    return { ...failed, detail: error instanceof Error ? error.message : String(error) }
  }
}

// Whoever wrote the target may have it throw, and nobody awaits a scheduled check.
async function invoke(target: Target, event: string): Promise<InvocationOutcome> {
  try {
    return await target.invoke(event, { requestId: randomUUID() })
  } catch (cause) {
    return { errorReason: 'LambdaServiceException', detail: headlineOf(cause), cause }
  }
}

/** Whether the status is one that the matcher takes. */
export function judged(status: number, { matches }: HealthCheckSettings): HealthCheckResult {
  if (matches(status)) return { isSuccess: true, status }
  const detail = `Health checks failed with these codes: [${status}]`
  return { isSuccess: false, reason: 'Target.ResponseCodeMismatch', detail, status }
}

// A lone user-agent: no host, no forwarded headers, no trace id.
function healthCheckEvent({ arn, multiValueHeaders }: FunctionGroup, path: string): AlbEvent {
  return {
    requestContext: { elb: { targetGroupArn: arn } },
    httpMethod: 'GET',
    path,
    ...(multiValueHeaders
      ? { multiValueQueryStringParameters: {}, multiValueHeaders: { 'user-agent': [userAgent] } }
      : { queryStringParameters: {}, headers: { 'user-agent': userAgent } }),
    body: '',
    isBase64Encoded: false,
  }
}

function startTimer(ms: number): { elapsed: Promise<undefined>; stop: () => void } {
  let timer: NodeJS.Timeout
  const elapsed = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined)
  })
  return { elapsed, stop: () => clearTimeout(timer) }
}
