import type { Adapter } from './adapter.ts'
import { argumentsOf, callOf } from './called.ts'
import { byBytes, missing, type Options, only, readOptions, without } from './options.ts'

const options: Options = {
  binary: byBytes,
  provider: only(['aws'], 'a load balancer is of AWS', 'koa-alb answers AWS alone'),
  basePath: missing(
    'koa-alb has no basePath: the app gets the path of the request; mount it there, or let a rewrite of the listener rule take it off',
  ),
  request: missing(
    'koa-alb changes no request: do it in a middleware in front, with invocation(req) for event and context',
  ),
  response: missing('koa-alb changes no response: do it in a middleware in front'),
  requestId: without('an event of a load balancer has no request id, so it did nothing'),
}

export const serverlessHttp: Adapter = {
  packages: ['serverless-http'],
  page: 'serverless-http.md',
  types: { Handler: 'AlbHandler' },
  convert(access) {
    const call = callOf(access, ['default', '*'])
    const [app, given] = argumentsOf(call.node, 2)
    if (!app) return undefined
    return { call, app, kept: 'first-argument', notes: readOptions(given, options) }
  },
  uses: [
    {
      member: 'apiGateway',
      of: /req(?:uest)?$/i,
      near: /re[qsp]/i,
      instead: (object) => `invocation(${object}), which has event and context`,
    },
    {
      member: 'requestContext',
      of: /req(?:uest)?$/i,
      near: /re[qsp]/i,
      instead: (object) => `invocation(${object}).event.requestContext`,
    },
  ],
}
