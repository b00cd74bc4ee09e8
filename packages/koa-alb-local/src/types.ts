/** One header line: name and value. */
export type HeaderLine = readonly [name: string, value: string]

/**
 * The event a load balancer sends to a Lambda target: `headers` and `queryStringParameters` in
 * single mode, `multiValueHeaders` and `multiValueQueryStringParameters` in multi mode.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export interface AlbEvent {
  requestContext: { elb: { targetGroupArn: string } }
  httpMethod: string
  path: string
  queryStringParameters?: Record<string, string>
  multiValueQueryStringParameters?: Record<string, string[]>
  headers?: Record<string, string>
  multiValueHeaders?: Record<string, string[]>
  body: string
  isBase64Encoded: boolean
}

/**
 * The context a handler gets: every documented property of the Node runtimes.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export interface LambdaContext {
  readonly functionName: string
  readonly functionVersion: string
  readonly invokedFunctionArn: string
  readonly memoryLimitInMB: string
  readonly awsRequestId: string
  readonly logGroupName: string
  readonly logStreamName: string
  readonly identity?: unknown
  readonly clientContext?: unknown
  callbackWaitsForEmptyEventLoop: boolean
  /** Milliseconds until the invocation times out. */
  getRemainingTimeInMillis(): number
}

/**
 * A Lambda handler of two parameters; the document it returns is checked, not trusted.
 *
 * Written as a method, whose parameters TypeScript compares both ways, so that a handler declared
 * with a richer context fits, and with a callback that is never passed: `ALBHandler` of
 * `@types/aws-lambda`.
 */
export type LambdaHandler = {
  handle(event: AlbEvent, context: LambdaContext, callback: never): unknown
}['handle']
