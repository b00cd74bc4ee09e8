import { expect, it } from 'vitest'
import { migrated } from './migrated.ts'

const http = "import serverless from 'serverless-http'\n"
const express = "import serverlessExpress from '@vendia/serverless-express'\n"
const builder = "import { ServerlessAdapter } from '@h4ad/serverless-adapter'\n"
const h4ad = `${builder}import { AlbAdapter, SQSAdapter } from '@h4ad/serverless-adapter/adapters/aws'
`
const fastify = "import awsLambdaFastify from '@fastify/aws-lambda'\n"

it.each([
  [
    'options that are not written out',
    `${http}serverless(app, options)`,
    '2:17',
    /not written out/,
  ],
  ['options that are spread', `${http}serverless(app, { ...more })`, '2:19', /only when it runs/],
  ['a computed option', `${http}serverless(app, { [name]: 1 })`, '2:19', /only when it runs/],
  ['an unknown option', `${http}serverless(app, { __proto__: 1 })`, '2:19', /is not known here/],
  ['arguments that are spread', `${http}serverless(...all)`, '2:12', /only when it runs/],
  ['no app', `${http}serverless()`, '2:1', /without an app/],
  ['a base path', `${http}serverless(app, { basePath: '/v1' })`, '2:29', /has no basePath/],
  ['a changed request', `${http}serverless(app, { request(r) {} })`, '2:19', /changes no request/],
  ['a changed response', `${http}serverless(app, { response: f })`, '2:29', /changes no response/],
  ['another provider', `${http}serverless(app, { provider: 'azure' })`, '2:29', /AWS alone/],
  [
    'a value that is made',
    `${http}serverless(app, { binary: types() })`,
    '2:27',
    /may do something/,
  ],
  ['the adapter as a value', `${http}export const wrap = serverless`, '2:21', /handed on/],
  ['the adapter as an argument', `${http}wrap(serverless, app)`, '2:6', /handed on/],
  ['the adapter in parentheses', `${http};(0, serverless)(app)`, '2:6', /handed on/],
  ['a type of it that is not known', `${http}let a: serverless.Options`, '2:8', /no equivalent/],
  ['an import that is not used', http, '1:1', /not used here/],
  ['an import of nothing', "import 'serverless-http'", '1:1', /nothing of it is imported/],
  ['a re-export', "export { default } from 'serverless-http'", '1:1', /other files/],
  ['a re-export of everything', "export * from 'serverless-http'", '1:1', /other files/],
  ['a mock of a test', "jest.mock('serverless-http')", '1:11', /its name stands here/],
  ['a name that is kept', 'const name = `serverless-http`', '1:14', /its name stands here/],
  ['a promise of it', "import('serverless-http').then((it) => it)", '1:8', /its name stands here/],
  ['a name that is taken', `${http}const albHandler = serverless(app)`, '2:7', /file's own/],
  ['a member of the handler', `${http}serverless(app).call(this)`, '2:1', /has no members/],
  ['two adapters', `${http}${express}serverless(app)`, '2:31', /is loaded here, too/],
  ['another event source', `${express}serverlessExpress({ app, eventSource })`, '2:26', /sources/],
  [
    'an API Gateway',
    `${express}serverlessExpress({ app, eventSourceName: 'AWS_SQS' })`,
    '2:43',
    /alone/,
  ],
  [
    'errors in the answer',
    `${express}serverlessExpress({ app, respondWithErrors: true })`,
    '2:45',
    /onError/,
  ],
  ['options without an app', `${express}serverlessExpress({ log })`, '2:19', /without an app/],
  [
    'another adapter in the chain',
    `${h4ad}ServerlessAdapter.new(app).addAdapter(new AlbAdapter()).addAdapter(new SQSAdapter()).build()`,
    '3:68',
    /alone/,
  ],
  [
    'a chain that goes on elsewhere',
    `${builder}const it = ServerlessAdapter.new(app)\nit.build()`,
    '2:12',
    /does not end/,
  ],
  ['a chain without an app', `${builder}ServerlessAdapter.new(null).build()`, '2:1', /no app/],
  [
    'an adapter with options',
    `${h4ad}ServerlessAdapter.new(app).addAdapter(new AlbAdapter({ stripBasePath })).build()`,
    '3:39',
    /alone/,
  ],
  [
    'a streamed response',
    "import { streamHandle } from 'hono/aws-lambda'\nstreamHandle(app)",
    '2:1',
    /no streamed response/,
  ],
  [
    'a decorated request',
    `${fastify}awsLambdaFastify(app, { decorateRequest: true })`,
    '2:42',
    /request\.raw/,
  ],
] as const)('stays as it is with %s', (_what, text, place, reason) => {
  const [line, ...others] = migrated(text, 'lambda.ts')
  expect(others).toEqual([])
  expect(line).toMatch(new RegExp(`^${place} `))
  expect(line).toMatch(reason)
})

it('stays as it is when its events are typed as those of API Gateway', () => {
  const types = "import type { APIGatewayProxyEvent } from 'aws-lambda'\n"
  expect(migrated(`${types}${http}export const handler = serverless(app)`, 'a.ts')).toEqual([
    '1:15 APIGatewayProxyEvent is no type of a load balancer: koa-alb answers its events alone, of type ALBEvent',
  ])
})

it('names the event of the invocation, which belongs to a request', () => {
  const text = `import { configure, getCurrentInvoke } from '@codegenie/serverless-express'
export const handler = configure({ app })
export const event = () => getCurrentInvoke().event`
  expect(migrated(text)).toEqual([
    '3:28 the event belongs to a request: hand the request to where this is, and take invocation(req) of koa-alb, which has event and context',
  ])
})

it('stays as it is when several functions load it', () => {
  const load = "{ const serverless = require('serverless-http'); return serverless(app) }"
  expect(migrated(`const a = () => ${load}\nconst b = () => ${load}`)).toEqual([
    '2:46 it is loaded in several places',
  ])
})

it('stays as it is with an app of Hapi, which is no listener', () => {
  const text = `import Hapi from '@hapi/hapi'\n${http}export const handler = serverless(Hapi.server())`
  expect(migrated(text)).toEqual([
    '1:18 of a server of Hapi, koa-alb takes the listener: albHandler(server.listener)',
  ])
})

it('stays as it is when a handler is made within a handler', () => {
  expect(migrated(`${http}export const handler = serverless(serverless(app))`)).toEqual([
    '1:24 one change of it would be within another',
  ])
})
