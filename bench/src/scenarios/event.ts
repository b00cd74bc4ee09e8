import type { Context } from 'aws-lambda'
import type { AlbEvent } from 'koa-alb'
import type { ClientRequest, Mode } from './scenario.ts'

/** Sent by every client, or added by the load balancer. */
const usualHeaders = {
  accept: '*/*',
  host: 'shop.example.com',
  'user-agent': 'curl/8.5.0',
  'x-amzn-trace-id': 'Root=1-67891233-abcdef012345678912345678',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
}

const elb = {
  targetGroupArn:
    'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/shop/0123456789abcdef',
}

/** The event as a load balancer sends it: names in lower case and sorted, nothing decoded. */
export function toEvent(request: ClientRequest, mode: Mode): AlbEvent {
  const { method, path, query = [], body } = request
  const headers = sorted({
    ...usualHeaders,
    ...request.headers,
    ...(body && { 'content-length': String(body.length) }),
  })
  // Of bodies only these types arrive as text.
  const isText = !body || /^(text\/|application\/json)/.test(headers['content-type'] ?? '')
  return {
    requestContext: { elb },
    httpMethod: method,
    path,
    ...(mode === 'multi'
      ? {
          multiValueQueryStringParameters: listed(Object.fromEntries(query)),
          multiValueHeaders: listed(headers),
        }
      : { queryStringParameters: Object.fromEntries(query), headers }),
    body: body ? body.toString(isText ? 'utf8' : 'base64') : '',
    isBase64Encoded: !isText,
  }
}

/** One for all invocations of a process: none of the contestants keeps it. */
export function createContext(): Context {
  const deadline = Date.now() + 900_000
  return {
    callbackWaitsForEmptyEventLoop: true,
    awsRequestId: '8f507cfc-8a5f-4c2f-9f52-3e8a8a6a3f0d',
    functionName: 'shop',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:shop',
    memoryLimitInMB: '1024',
    logGroupName: '/aws/lambda/shop',
    logStreamName: '2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef',
    getRemainingTimeInMillis: () => deadline - Date.now(),
    done: ignore,
    fail: ignore,
    succeed: ignore,
  }
}

function sorted(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function listed(values: Record<string, string>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]]))
}

function ignore(): void {}
