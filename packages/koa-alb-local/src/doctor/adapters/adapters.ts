/** Source text of a module that exports the probe app as a handler made with the package. */
type Wiring = (options: string) => string

/** By package. `options` is the JSON that was given, `probe…` is imported already. */
export const adapters: ReadonlyMap<string, Wiring> = new Map<string, Wiring>([
  [
    'koa-alb',
    (options) =>
      `import { albHandler } from 'koa-alb'
export const handler = albHandler(probeListener, ${options})`,
  ],
  [
    'serverless-http',
    (options) =>
      `import serverless from 'serverless-http'
const wrapped = serverless(probeListener, ${options})
export const handler = (event, context) => wrapped(event, context)`,
  ],
  ['@codegenie/serverless-express', configured('@codegenie/serverless-express')],
  ['@vendia/serverless-express', configured('@vendia/serverless-express')],
  [
    '@h4ad/serverless-adapter',
    (options) => `import { ServerlessAdapter } from '@h4ad/serverless-adapter'
import { AlbAdapter } from '@h4ad/serverless-adapter/adapters/aws'
import { DefaultHandler } from '@h4ad/serverless-adapter/handlers/default'
import { PromiseResolver } from '@h4ad/serverless-adapter/resolvers/promise'
const { contentTypes = [], contentEncodings = ['gzip', 'deflate', 'br'] } = ${options}
const wrapped = ServerlessAdapter.new(undefined)
  .setBinarySettings({ contentTypes, contentEncodings })
  .setFramework({ sendRequest: (_app, request, response) => void probeListener(request, response) })
  .setHandler(new DefaultHandler())
  .setResolver(new PromiseResolver())
  .addAdapter(new AlbAdapter())
  .build()
export const handler = (event, context) => wrapped(event, context, undefined)`,
  ],
  [
    'hono',
    (options) => `import { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
const app = new Hono().all('*', ({ req }) => probeFetch(req.raw))
const wrapped = handle(app, ${options})
export const handler = (event, context) => wrapped(event, context)`,
  ],
  [
    '@fastify/aws-lambda',
    (options) => `import awsLambdaFastify from '@fastify/aws-lambda'
import fastify from 'fastify'
const app = fastify()
app.addHook('onRequest', (request, reply) => {
  reply.hijack()
  void probeListener(request.raw, reply.raw)
})
const wrap = (albMultiValueHeaders) =>
  awsLambdaFastify(app, { decorateRequest: false, albMultiValueHeaders, ...${options} })
const [single, multi] = [wrap(false), wrap(true)]
await app.ready()
export const handler = (event, context) =>
  event.multiValueHeaders ? multi(event, context) : single(event, context)`,
  ],
  [
    '@aws-lambda-powertools/event-handler',
    (options) => `import { Router } from '@aws-lambda-powertools/event-handler/http'
const app = new Router(${options})
const method = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']
app.route(({ req }) => probeFetch(req), { method, path: /.*/ })
export const handler = (event, context) => app.resolve(event, context)`,
  ],
])

function configured(name: string): Wiring {
  return (options) => `import { configure } from '${name}'
const wrapped = configure({ app: probeListener, ...${options} })
export const handler = async (event, context) => wrapped(event, context, undefined)`
}

/** Those that Lambda's Node loads only when they are bundled: they require ES modules. */
export const bundledAdapters: readonly string[] = ['@fastify/aws-lambda']

/** The module for the adapter. */
export function adapterModule(wiring: Wiring, probe: string, options: string): string {
  return `import { probeFetch, probeListener } from ${JSON.stringify(probe)}\n${wiring(options)}\n`
}
