import type { Answer } from '../../answer/answer.ts'
import type { HeaderMode } from '../../invocation/header-mode.ts'
import type { InvocationOutcome } from '../../targets/target.ts'
import type { HeaderLine } from '../../types.ts'

export const severities = ['error', 'warning', 'note'] as const

export type Severity = (typeof severities)[number]

/** A request to be made an event of. */
export interface Question {
  /** What is telling about it, for findings. */
  readonly about: string
  readonly method: string
  readonly path: string
  /** As it stands in a URL, without the question mark. */
  readonly query?: string
  readonly headers?: readonly HeaderLine[]
  readonly body?: Buffer
  /** Whether an empty body is said to be base64: load balancers have been seen to do either. */
  readonly emptyIsBase64?: boolean
  /** Whether nothing but `user-agent` is sent, as by a health check. */
  readonly isHealthCheck?: boolean
  /** Whether a body comes without content-length. */
  readonly hasNoLength?: boolean
  /** Whether the answer is judged by its own check alone. */
  readonly isExtreme?: boolean
}

/** One invocation, and what a load balancer makes of it. */
export interface Exchange {
  readonly question: Question
  readonly mode: HeaderMode
  readonly outcome: InvocationOutcome
  readonly isTimeout: boolean
  /** The document, whatever it is; undefined when there is none. */
  readonly document: unknown
  /** Its fields, if it is an object. */
  readonly fields: Readonly<Record<string, unknown>> | undefined
  /** What the client gets, unless it is an error page. */
  readonly answer: Answer | undefined
  /** Why it is an error page. */
  readonly refusal: string | undefined
}

export interface Check {
  readonly code: `ALB${number}`
  /** What is as it should be. */
  readonly name: string
  readonly severity: Severity
  readonly remedy: string
  readonly source: string
  /** What the probe app is asked for it. Without them any answer is judged. */
  readonly questions?: readonly Question[]
  /** Whether it judges that there is no answer, too. */
  readonly judgesFailures?: boolean
  /** What is wrong with the answer, a text for each. */
  judge(exchange: Exchange): readonly string[]
}

export const targetsGuide =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html'
export const behaviour = 'docs/alb-behaviour.md'

/** Values of header lines of that name, lower-case, as the client gets them. */
export function valuesOf(answer: Answer, name: string): readonly string[] {
  return answer.lines.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value)
}
