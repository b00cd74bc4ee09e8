import type { LambdaErrorReason } from '../answer/refusal.ts'
import { toFunctionError } from './function-error.ts'
import type { InvocationOutcome } from './target.ts'

/** What came of a call of Lambda's Invoke API. */
export interface InvokeAnswer {
  readonly status: number
  /** `X-Amz-Function-Error`: the payload is an error document. */
  readonly functionError: string | undefined
  /** `X-Amzn-ErrorType`: the service itself refused. */
  readonly errorType: string | undefined
  readonly payload: string
}

// What the service refuses with, in the words of the load balancer's access log.
const reasons: ReadonlyMap<string, LambdaErrorReason> = new Map([
  ['AccessDeniedException', 'LambdaAccessDenied'],
  ['ResourceNotFoundException', 'LambdaResourceNotFound'],
  // As `sam local start-lambda` has it.
  ['ResourceNotFound', 'LambdaResourceNotFound'],
  ['TooManyRequestsException', 'LambdaThrottling'],
  ['InvalidRequestContentException', 'LambdaBadRequest'],
])

export function toOutcome(answer: InvokeAnswer): InvocationOutcome {
  const { status, functionError, payload } = answer
  if (status !== 200) return refused(answer)
  if (functionError === undefined && !isErrorDocument(payload)) return { payload }
  const error = toFunctionError(payload)
  const detail = `the handler failed: ${error.name}: ${error.message}`
  return { errorReason: 'LambdaUnhandled', detail, cause: error }
}

function refused({ status, errorType = '', payload }: InvokeAnswer): InvocationOutcome {
  const [name = ''] = errorType.split(':')
  const errorReason = reasons.get(name) ?? 'LambdaServiceException'
  const detail = ['the endpoint answered', status, errorType, payload].filter(Boolean).join(' ')
  return { errorReason, detail }
}

// The Runtime Interface Emulator sets no X-Amz-Function-Error.
function isErrorDocument(payload: string): boolean {
  return /^\{"error(?:Type|Message)":/.test(payload) && !payload.includes('"statusCode":')
}
