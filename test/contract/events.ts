import type { AlbEvent, LambdaContext } from 'koa-alb'

const requestContext = {
  elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/t/1' },
}

/** A GET as a load balancer sends it, in either header mode. */
export function getEvent(path: string, multiValueHeaders: boolean): AlbEvent {
  const common = { requestContext, httpMethod: 'GET', path, body: '', isBase64Encoded: false }
  return multiValueHeaders
    ? { ...common, multiValueHeaders: { host: ['app.test'] }, multiValueQueryStringParameters: {} }
    : { ...common, headers: { host: 'app.test' }, queryStringParameters: {} }
}

export const context: LambdaContext = {
  awsRequestId: '7b8d9e0f-0000-4000-8000-000000000001',
  functionName: 'app',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:app',
  memoryLimitInMB: '512',
  logGroupName: '/aws/lambda/app',
  logStreamName: '2026/11/23/[$LATEST]0',
  getRemainingTimeInMillis: () => 30_000,
}
