/** Why an invocation failed, in the words of the access log's `error_reason` field. */
export type LambdaErrorReason =
  | 'LambdaAccessDenied'
  | 'LambdaBadRequest'
  | 'LambdaConnectionError'
  | 'LambdaConnectionTimeout'
  | 'LambdaInvalidResponse'
  | 'LambdaResourceNotFound'
  | 'LambdaResponseTooLarge'
  | 'LambdaServiceException'
  | 'LambdaThrottling'
  | 'LambdaUnhandled'
  | 'LambdaWebsocketNotSupported'

interface RefusalOptions extends ErrorOptions {
  errorReason?: LambdaErrorReason
}

/** A request that the load balancer answers itself, with an error page. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly errorReason: LambdaErrorReason | undefined

  constructor(status: number, message: string, { errorReason, ...options }: RefusalOptions = {}) {
    super(message, options)
    this.status = status
    this.errorReason = errorReason
  }
}
