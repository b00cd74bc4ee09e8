import type { AlbEvent, LambdaContext } from '../src/types.ts'

/** A context without what the adapter does not ask for. */
export const context = {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'app',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:app',
  memoryLimitInMB: '128',
  logGroupName: '/aws/lambda/app',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 30_000,
} satisfies LambdaContext

const requestContext = { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:tg' } }

/** An event of a target group with multi-value headers off. */
export function singleEvent(fields: Partial<AlbEvent> = {}): AlbEvent {
  return {
    requestContext,
    httpMethod: 'GET',
    path: '/',
    queryStringParameters: {},
    headers: { host: 'example.com' },
    body: '',
    isBase64Encoded: false,
    ...fields,
  }
}

/** An event of a target group with multi-value headers on. */
export function multiEvent(fields: Partial<AlbEvent> = {}): AlbEvent {
  return {
    requestContext,
    httpMethod: 'GET',
    path: '/',
    multiValueQueryStringParameters: {},
    multiValueHeaders: { host: ['example.com'] },
    body: '',
    isBase64Encoded: false,
    ...fields,
  }
}
