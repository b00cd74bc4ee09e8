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

/** Every value of the `error_reason` field that is served here. */
export type ErrorReason =
  | LambdaErrorReason
  | 'AWSALBTGCookieInvalid'
  | 'JWTClaimFormatInvalid'
  | 'JWTClaimNotPresent'
  | 'JWTClaimValueInvalid'
  | 'JWTHeaderNotPresent'
  | 'JWTRequestFormatInvalid'
  | 'JWTSignatureValidationError'

interface RefusalOptions {
  readonly cause?: unknown
  errorReason?: ErrorReason
  /** More for the page of the client than the phrase of the status. */
  sentence?: string
}

/** A request that the load balancer answers itself, with an error page. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  // Where `lib` is older than es2022, Error has none.
  declare readonly cause?: unknown
  readonly status: number
  readonly errorReason: ErrorReason | undefined
  readonly sentence: string | undefined

  constructor(
    status: number,
    message: string,
    { errorReason, sentence, ...options }: RefusalOptions = {},
  ) {
    super(message, options)
    this.status = status
    this.errorReason = errorReason
    this.sentence = sentence
  }
}
