import { expect, it } from 'vitest'
import { migrated } from './migrated.ts'

const fastify = "import awsLambdaFastify from '@fastify/aws-lambda'\n"
const given = '(event, context, callback)'

it.each([
  ['to nobody', 'const p = FASTIFY', `{ p${given} }`],
  ['of a promise to nobody', 'const p = FASTIFY', `{ ready.then(() => p${given}) }`],
  ['after a wait to nobody', 'const p = FASTIFY', `{ await p${given} }`],
  ['by an inner function', 'const p = FASTIFY', `{ const f = () => p${given}; f() }`],
  ['by a promise that goes on', 'const p = FASTIFY', `ready.then(() => p${given}).then(log)`],
  ['as a member', 'a.p = FASTIFY', `{ a.p${given} }`],
  ['as a property', 'const a = { p: FASTIFY }', `{ a.p${given} }`],
  ['as a field', 'class A { p = FASTIFY }', `{ a.p${given} }`],
  ['as a private field', 'class A { #p = FASTIFY; handle', `{ this.#p${given} } }`],
  ['by a function', 'function make() { return FASTIFY }; const p = make()', `{ p${given} }`],
  ['by an arrow', 'const make = async () => FASTIFY', `{ (await make())${given} }`],
  ['by a method', 'class A { make() { return FASTIFY } }', `{ a.make()${given} }`],
  [
    'by a promise of it',
    'const make = async () => FASTIFY',
    `{ make().then((p) => { p${given} }) }`,
  ],
])('stays as it is when the answer goes %s', (_how, made, body) => {
  const isMethod = made.endsWith('handle')
  const before = made.replace('FASTIFY', 'awsLambdaFastify(app)')
  const text = isMethod
    ? `${fastify}${before}${given} ${body}`
    : `${fastify}${before}\nexport const handler = async ${given} => ${body}`
  expect(migrated(text)).toEqual([
    expect.stringMatching(/^\d+:\d+ its answer is a promise now: return it, or wait for it$/),
  ])
})

it('stays as it is when the answer is given by the context, and not returned', () => {
  const text = `import serverlessExpress from '@vendia/serverless-express'
const server = serverlessExpress({ app, resolutionMode: 'CONTEXT' })
export const handler = (event, context) => { server(event, context) }`
  expect(migrated(text)).toEqual(['3:46 its answer is a promise now: return it, or wait for it'])
})

it.each([
  [`ready.then(() => p${given})`, 'ready.then(() => p(event, context))'],
  [
    `{ return ready.then(() => { return p${given} }).catch(log) }`,
    '{ return ready.then(() => { return p(event, context) }).catch(log) }',
  ],
  [`(async () => p${given})()`, '(async () => p(event, context))()'],
  [`{ const r = await p${given}; return r }`, '{ const r = await p(event, context); return r }'],
])('hands on the answer of %s', (before, after) => {
  const text = `${fastify}const p = awsLambdaFastify(app)
export const handler = async ${given} => ${before}`
  expect(migrated(text)).toBe(`import { albHandler } from 'koa-alb'
const p = albHandler(app)
export const handler = async (event, context) => ${after}`)
})

it('leaves the callbacks of listeners alone', () => {
  const text = `${fastify}export const handler = awsLambdaFastify(app)
server.use((req, res, next) => { other.handler(req, res) || next() })
server.use((req, res, next) => { check(req, res, next) })`
  expect(migrated(text)).toContain('albHandler(app)')
})
