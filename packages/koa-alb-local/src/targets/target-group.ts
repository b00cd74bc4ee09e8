import type { Servers } from './server.ts'
import type { Target } from './target.ts'

/** A target group of type `lambda` as requests need it. */
export interface FunctionGroup {
  readonly arn: string
  /** Null when no target is registered. */
  readonly target: Target | null
  /** Of the function that is registered, for logs; `-` when none is. */
  readonly targetArn: string
  /** `lambda.multi_value_headers.enabled` */
  readonly multiValueHeaders: boolean
  readonly reverseRepeatedHeaders: boolean
  readonly emptyBodyIsBase64Encoded: boolean
}

/** A target group of type `ip` or `instance`. */
export interface ServerGroup {
  readonly arn: string
  readonly servers: Servers
  /** What the load balancer would speak to its targets. */
  readonly protocolVersion: 'HTTP1' | 'HTTP2' | 'GRPC'
  /** Undefined when clients are not bound to a server. */
  readonly stickiness: ServerStickiness | undefined
}

export interface ServerStickiness {
  readonly durationMs: number
  /** The application's cookie that binds; undefined when the load balancer's own alone does. */
  readonly applicationCookie: string | undefined
}

export type TargetGroup = FunctionGroup | ServerGroup
