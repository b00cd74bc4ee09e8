import type { Access } from '../source/imports.ts'
import { type Adapter, type Conversion, Undecided } from './adapter.ts'
import { argumentsOf, callOf } from './called.ts'
import { byBytes, missing, type Options, only, optionOf, readOptions, without } from './options.ts'

const isOfLoadBalancers = 'koa-alb answers the events of load balancers alone'

const options: Options = {
  app: () => 'keep',
  binarySettings: byBytes,
  binaryMimeTypes: byBytes,
  eventSourceName: only(['AWS_ALB'], isOfLoadBalancers, isOfLoadBalancers),
  eventSource: missing('koa-alb has no event sources of your own'),
  eventSourceRoutes: missing(isOfLoadBalancers),
  framework: missing('koa-alb has no frameworks of your own: give what answers requests'),
  resolutionMode: only(
    ['PROMISE', 'CALLBACK', 'CONTEXT'],
    'the handler returns a promise',
    'the handler of koa-alb returns a promise',
  ),
  respondWithErrors: only(
    [false],
    'an invocation that fails rejects',
    'an invocation that fails rejects, and the client gets 502: onError of koa-alb may answer instead',
  ),
  log: without('koa-alb writes no log'),
  logSettings: without('koa-alb writes no log'),
}

/** The adapter is called `serverlessExpress({ app })`, under one of two packages. */
function convert(access: Access): Conversion | undefined {
  if (access.imported === 'getCurrentInvoke') {
    throw new Undecided(
      access.node,
      'the event belongs to a request: hand the request to where this is, and take invocation(req) of koa-alb, which has event and context',
    )
  }
  const call = callOf(access, ['default', '*', 'configure'])
  const [given] = argumentsOf(call.node, 1)
  if (!given) return undefined
  const notes = readOptions(given, options)
  const app = optionOf(given, 'app')
  if (!app) throw new Undecided(given, 'it is called without an app')
  return { call, app, kept: 'app-alone', notes }
}

const adapter = (name: string): Adapter => ({
  packages: [name],
  page: `${name.slice(1).replace('/', '-')}.md`,
  convert,
  uses: [
    {
      member: 'apiGateway',
      of: /req(?:uest)?$/i,
      near: /re[qsp]/i,
      instead: (object) => `invocation(${object}), which has event and context`,
    },
  ],
})

export const vendia = adapter('@vendia/serverless-express')
export const codegenie = adapter('@codegenie/serverless-express')
