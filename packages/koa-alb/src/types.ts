/**
 * The request document an Application Load Balancer sends to a Lambda target.
 *
 * A target group with multi-value headers on sends `multiValueHeaders` and
 * `multiValueQueryStringParameters`; with them off (the default), `headers` and
 * `queryStringParameters`. Names and values of the query are not percent-decoded. `ALBEvent` of
 * `@types/aws-lambda` is the same to the compiler, both ways.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface AlbEvent {
  readonly requestContext: { readonly elb: { readonly targetGroupArn: string } }
  readonly httpMethod: string
  /** Percent-encoded as the client sent it, without the query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
  readonly multiValueHeaders?: Readonly<Record<string, string[] | undefined>> | undefined
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | undefined
  readonly multiValueQueryStringParameters?:
    | Readonly<Record<string, string[] | undefined>>
    | undefined
  /** Text, or base64 when `isBase64Encoded`; at most 1 MB decoded. A load balancer sends `''` for none. */
  readonly body: string | null
  readonly isBase64Encoded: boolean
}

/**
 * The response document a Lambda target returns to the load balancer.
 *
 * Exactly one of `headers` and `multiValueHeaders`, the one of the event's mode: the load balancer
 * ignores the other. Serialized as JSON it may take 1 MB.
 */
export interface AlbResult {
  statusCode: number
  /** Code, one space, reason phrase: `200 OK`. */
  statusDescription: string
  headers?: Record<string, string>
  multiValueHeaders?: Record<string, string[]>
  /** Text, or base64 without line breaks when `isBase64Encoded`. */
  body: string
  isBase64Encoded: boolean
}

/**
 * What the adapter needs of a Lambda context; `Context` of `@types/aws-lambda` fits.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface LambdaContext {
  readonly awsRequestId: string
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly logGroupName: string
  readonly logStreamName: string
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number
}
