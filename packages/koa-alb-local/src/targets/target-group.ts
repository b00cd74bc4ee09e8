import type { Target } from './target.ts'

/** A target group as requests need it. */
export interface TargetGroup {
  readonly arn: string
  /** Null when no target is registered. */
  readonly target: Target | null
  /** `lambda.multi_value_headers.enabled` */
  readonly multiValueHeaders: boolean
  readonly reverseRepeatedHeaders: boolean
  readonly emptyBodyIsBase64Encoded: boolean
}
