import type { ErrorReason } from '../answer/refusal.ts'
import type { TlsFacts } from '../request/connection-facts.ts'
import type { Classification } from '../request/desync.ts'
import { printable, shortened } from './printable.ts'
import { shownFailure } from './shown-failure.ts'

/** An action as the access log's `actions_executed` field has it. */
export type ExecutedAction =
  | 'authenticate'
  | 'fixed-response'
  | 'forward'
  | 'jwt-validation'
  | 'redirect'
  | 'rewrite'

/** What the load balancer knows about one exchange, when it is over. */
export interface LogEntry {
  readonly type: 'http' | 'https' | 'h2'
  /** When the request arrived. */
  readonly requestedAt: Date
  /** When the exchange was over. */
  readonly answeredAt: Date
  /** Address and port of the client. */
  readonly client: string
  readonly listenerPort: number
  /** The address the client connected to. */
  readonly localAddress: string
  /** The id of the load balancer, as in its ARN: `app/name/id`. */
  readonly loadBalancer: string
  /** The same for every request on a connection. */
  readonly connectionTraceId: string
  /** Absent on HTTP listeners. */
  readonly tls?: TlsFacts
  /** `-` when no request could be parsed. */
  readonly method: string
  /** The request target as the client sent it; `-` when no request could be parsed. */
  readonly target: string
  /** `-` when no request could be parsed. */
  readonly httpVersion: string
  readonly host?: string | undefined
  readonly userAgent?: string | undefined
  /** The priority of the rule that matched, 0 for the default rule; absent when none was tried. */
  readonly rulePriority?: number
  /** How many rules were tried, the default rule not counted. */
  readonly ruleEvaluations?: number
  /** What was done with the request, in order. */
  readonly actions: readonly ExecutedAction[]
  /** Of the target group the request was forwarded to; absent when it was not. */
  readonly targetGroupArn?: string
  /** Address and port of the server that the request went to; absent for functions. */
  readonly server?: string
  /** Whether that server could not be connected to. */
  readonly isUnconnected?: boolean
  /** What is not compliant about the request; absent when nothing is. */
  readonly classification?: Classification['tier']
  readonly classificationReason?: Classification['reason']
  /** Where a redirect action sent the client. */
  readonly redirectUrl?: string
  /** What a rule rewrote the request to; absent when no transform matched. */
  readonly transformedHost?: string | undefined
  readonly transformedUri?: string
  readonly transformStatus?: 'TransformSuccess' | 'TransformInvalidPath' | 'TransformInvalidHost'
  /** As sent to the client; 460 when the client left before the answer was out. */
  readonly status: number
  /** The status code of the function's document, or of the server's response, when it was valid. */
  readonly targetStatus?: number
  readonly errorReason?: ErrorReason | undefined
  /** Why the load balancer answered with an error page: what was found and what is allowed. */
  readonly detail?: string
  /** The error behind `detail`, such as what the handler threw. */
  readonly cause?: unknown
  /** `context.awsRequestId`; absent when the function was not invoked. */
  readonly requestId?: string
  /** The `x-amzn-trace-id` that the function or server got. */
  readonly traceId?: string | undefined
  /** Milliseconds from the head of the request to the invocation, which is the upload, or to the server. */
  readonly requestProcessingMs?: number
  /** Milliseconds of the invocation, or until the head of the server's response. */
  readonly targetProcessingMs?: number
  /** Milliseconds in it until there was a function to take it, such as while its code was built. */
  readonly queuedMs?: number
  /** Milliseconds of the init phase in it, when the invocation was a cold start. */
  readonly initMs?: number
  /** Milliseconds from there to the end of a function's response, or to the head of a server's. */
  readonly responseProcessingMs?: number
  /** Bytes of the document the function returned, as JSON; 1,048,576 are allowed. */
  readonly documentBytes?: number
  /** Bytes of request line, header lines and body, without the framing of a chunked body. */
  readonly receivedBytes: number
  /** Bytes of status line, header lines and body. */
  readonly sentBytes: number
}

/**
 * Prints one line per failed invocation to stderr, with the handler's error below it, and one per
 * request that a server had no valid response to.
 */
export function logFailures(entry: LogEntry): void {
  const { status, method, target, errorReason, detail, cause, server, targetStatus } = entry
  const hasServerFailed = server !== undefined && targetStatus === undefined && status >= 500
  if (errorReason === undefined && !hasServerFailed) return
  const what = `${shortened(method, 40)} ${shortened(target, 160)} ${errorReason ?? server}`
  const request = `${status} ${what}`
  const { remedy, rest } = shownFailure(detail ?? '', cause)
  const lines = [
    `koa-alb-local: ${printable(`${request}: ${shortened(detail ?? '')}`)}`,
    remedy,
    rest,
  ]
  process.stderr.write(`${lines.filter((line) => line !== undefined).join('\n')}\n`)
}
