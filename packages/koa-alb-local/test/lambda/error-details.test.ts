import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { lambdaFunction } from '../shared/lambda-function.ts'

const invokeThrowing = async (source: string) => {
  const { invoke, close, lines } = await lambdaFunction(
    `export const handler = async () => { ${source} }`,
  )
  const outcome = await invoke()
  await close()
  return { outcome, entry: lines.find((line) => line.includes('Invoke Error')) ?? '' }
}

describe('what a handler throws arrives with', () => {
  it('its code, its own properties and its chain of causes', async () => {
    const { outcome } = await invokeThrowing(`
      const cause = Object.assign(new Error('refused', { cause: 'no route' }), { port: 5432 })
      throw Object.assign(new Error('db down', { cause }), { code: 'E_DB', tries: 3, at: ['a'] })`)
    expect(outcome).toHaveProperty(
      'cause',
      expect.objectContaining({ code: 'E_DB', tries: 3, at: ['a'] }),
    )
    expect(outcome).toHaveProperty('cause.cause.message', 'refused')
    expect(outcome).toHaveProperty('cause.cause.port', 5432)
    expect(outcome).toHaveProperty('cause.cause.cause.message', 'no route')
  })

  it('each error of an aggregate', async () => {
    const { outcome } = await invokeThrowing(
      `throw new AggregateError([new Error('one'), new TypeError('two')], 'both')`,
    )
    expect(outcome).toHaveProperty('cause.errors.1.name', 'TypeError')
  })
})

it('writes the entry that a handler failed with as on Lambda', async () => {
  const { entry } = await invokeThrowing(
    `throw Object.assign(new Error('db down', { cause: new Error('refused') }), { code: 'E_DB' })`,
  )
  const [, requestId, level, title, json = ''] = entry.split('\t')
  expect([requestId, level, title]).toEqual(['request-1', 'ERROR', 'Invoke Error '])
  expect(JSON.parse(json)).toMatchObject({
    errorType: 'Error',
    errorMessage: 'db down',
    code: 'E_DB',
    cause: { errorMessage: 'refused' },
    stack: expect.arrayContaining([expect.stringMatching(/at handler .*lambda\.mjs:1:/)]),
  })
})

it.each([
  ['a circle', `const e = new Error('x'); e.cause = e; e.self = e; throw e`],
  [
    'getters that throw',
    `throw Object.defineProperties(new Error('x'), {
     cause: { get() { throw 1 } }, own: { enumerable: true, get() { throw 1 } },
     name: { get() { throw 1 } }, stack: { get() { throw 1 } } })`,
  ],
  ['a large property', `throw Object.assign(new Error('x'), { large: 'y'.repeat(9_000_000) })`],
  ['a large message', `throw new Error('x'.repeat(9_000_000))`],
  [
    'many properties',
    `const e = new Error('x'); for (let i = 0; i < 100_000; i++) e['p' + i] = i; throw e`,
  ],
  [
    'a long chain of causes',
    `let e = new Error('x'); for (let i = 0; i < 10_000; i++) e = new Error('x', { cause: e }); throw e`,
  ],
  [
    'what JSON has not',
    `throw Object.assign(new Error('x'), { a: 1n, b: Symbol(), c: () => {}, d: undefined })`,
  ],
  [
    'a method toJSON that throws',
    `throw Object.assign(new Error('x'), { a: { toJSON() { throw 1 } } })`,
  ],
  [
    'a proxy that refuses',
    `throw new Proxy(new Error('x'), { get() { throw 1 }, ownKeys() { throw 1 } })`,
  ],
  ['an object without a prototype', `throw Object.create(null)`],
  [
    'a name of __proto__',
    `throw Object.assign(new Error('x'), JSON.parse('{"__proto__":{"a":1}}'))`,
  ],
])('arrives as an error that can be shown, with %s', async (_, source) => {
  const { outcome, entry } = await invokeThrowing(source)
  expect(outcome).toMatchObject({ errorReason: 'LambdaUnhandled', cause: expect.any(Error) })
  expect(inspect(outcome).length).toBeLessThan(100_000)
  expect(entry.length).toBeLessThan(2_000_000)
})

it('tells of what the code threw at the start in the same way', async () => {
  const { invoke } = await lambdaFunction(
    `throw Object.assign(new Error('x', { cause: new Error('db down') }), { code: 'E_START' })`,
  )
  expect(await invoke()).toMatchObject({
    cause: { code: 'E_START', cause: { message: 'db down' } },
  })
})
