import type { Adapter } from './adapter.ts'
import { argumentsOf, callOf } from './called.ts'
import { byBytes, missing, type Options, only, readOptions, without } from './options.ts'

const ofApiGateway = 'it is for API Gateway'

const options: Options = {
  binaryMimeTypes: byBytes,
  enforceBase64: byBytes,
  disableBase64Encoding: byBytes,
  albMultiValueHeaders: without('each event is answered in the header mode it came in'),
  decorateRequest: only(
    [false],
    'koa-alb decorates no request',
    'koa-alb decorates no request: take invocation(request.raw)',
  ),
  decorationPropertyName: missing('koa-alb decorates no request: take invocation(request.raw)'),
  serializeLambdaArguments: only(
    [false],
    'koa-alb puts no event into header fields',
    'koa-alb puts no event into header fields: take invocation(request.raw)',
  ),
  callbackWaitsForEmptyEventLoop: without('Lambda waits for no event loop of a promise'),
  retainStage: without(ofApiGateway),
  parseCommaSeparatedQueryParams: without(ofApiGateway),
  pathParameterUsedAsPath: missing(ofApiGateway),
  payloadAsStream: only(
    [false],
    'the response is not streamed',
    'a load balancer takes no streamed response of a function',
  ),
}

export const fastify: Adapter = {
  packages: ['@fastify/aws-lambda', 'aws-lambda-fastify'],
  page: 'fastify.md',
  convert(access) {
    const call = callOf(access, ['default', '*', 'awsLambdaFastify'])
    const [app, given] = argumentsOf(call.node, 2)
    if (!app) return undefined
    return { call, app, kept: 'first-argument', notes: readOptions(given, options) }
  },
  uses: [
    {
      member: 'awsLambda',
      of: /req(?:uest)?$/i,
      near: /re[qsp]/i,
      instead: (object) => `invocation(${object}.raw), which has event and context`,
    },
  ],
}
