import { expect, it } from 'vitest'
import { adapterOf } from '../../src/migrate/adapters/adapters.ts'
import { parseSource, placeOf } from '../../src/migrate/source/source-file.ts'
import { mayUse, usesIn } from '../../src/migrate/uses.ts'

function uses(module: string, text: string): string[] {
  const adapters = [adapterOf(module)].filter((each) => each !== undefined)
  if (!mayUse(text, adapters)) return []
  return usesIn(parseSource('app.ts', text), adapters).map(({ node, message }) => {
    const { line, column } = placeOf(text, node.start ?? 0)
    return `${line}:${column} ${message}`
  })
}

const envelope = 'is of the adapter that goes: take'

it.each([
  ['serverless-http', 'a(ctx.req.apiGateway.event)', 'apiGateway', 'ctx.req'],
  ['serverless-http', 'a(req?.apiGateway)', 'apiGateway', 'req'],
  ['serverless-http', "a(request['apiGateway'])", 'apiGateway', 'request'],
  ['serverless-http', 'a((ctx.req as any).apiGateway.context)', 'apiGateway', 'ctx.req'],
  ['@vendia/serverless-express', 'a(req!.apiGateway)', 'apiGateway', 'req'],
])('of %s names %s', (module, text, member, object) => {
  expect(uses(module, text)).toEqual([
    `1:3 ${member} ${envelope} invocation(${object}), which has event and context, of koa-alb`,
  ])
})

it('names what is taken by a pattern', () => {
  expect(uses('serverless-http', 'const { requestContext: own, url } = ctx.req')).toEqual([
    `1:9 requestContext ${envelope} invocation(ctx.req).event.requestContext, of koa-alb`,
  ])
})

it.each([
  ['const { req: { apiGateway } } = ctx', 'req'],
  ['   ({ requestContext: a, apiGateway = 1 } = nodeReq)', 'nodeReq'],
  ['app.use(({ apiGateway: a }, res) => res.end(a))', 'req'],
  ['app.use(({ req: { apiGateway } }) => apiGateway)', 'req'],
  ['a = <any>_req.apiGateway', '_req'],
  ['((<any>_req)).apiGateway', '_req'],
])('names the event in %s', (text, object) => {
  const line = `apiGateway ${envelope} invocation(${object}), which has event and context, of koa-alb`
  expect(uses('serverless-http', text).some((each) => each.endsWith(` ${line}`))).toBe(true)
})

it('names what Hono and Fastify have elsewhere', () => {
  expect(uses('hono/aws-lambda', 'app.get("/", (c) => c.json(c.env.event))')).toEqual([
    `1:28 event ${envelope} invocation(c.env.incoming), which has event and context, of koa-alb`,
  ])
  expect(uses('@fastify/aws-lambda', 'reply(request.awsLambda.event)')).toEqual([
    `1:7 awsLambda ${envelope} invocation(request.raw), which has event and context, of koa-alb`,
  ])
})

it.each([
  ['serverless-http', 'a(own.apiGateway, "req.apiGateway", event.requestContext)'],
  ['hono/aws-lambda', 'a(process.env.NODE_ENV, event, "env")'],
  ['@fastify/aws-lambda', 'a(req.apiGateway)'],
  ['serverless-http', 'const make = ({ apiGateway }, stack) => apiGateway // required'],
])('of %s takes nothing else for it', (module, text) => {
  expect(uses(module, text)).toEqual([])
})
