import { describe, expect, it } from 'vitest'
import { createFunctionTarget } from '../../src/targets/function-target.ts'
import { lambdaFunction } from '../shared/lambda-function.ts'

const answering = `import { setTimeout as sleep } from 'node:timers/promises'
  export const handler = (event, context, callback) => {`

async function old(source: string) {
  return lambdaFunction(`${answering} ${source} }`, {}, 20)
}

describe('in a runtime below Node 24, a handler of three parameters answers with what', () => {
  it.each([
    ['it passes to its callback', `callback(null, 'result')`],
    ['it passes to its callback later', `sleep(5).then(() => callback(null, 'result'))`],
    [
      'it calls back first',
      `callback(null, 'result'); callback(null, 'other'); context.fail('no')`,
    ],
    ['it passes to context.succeed', `context.succeed('result')`],
    ['it passes to context.done', `context.done(null, 'result')`],
    ['its promise resolves to', `return sleep(5).then(() => 'result')`],
  ])('%s', async (_, source) => {
    const { call } = await old(source)
    expect(await call()).toBe('result')
    expect(await call()).toBe('result')
  })

  it('was not called until nothing is left to wait for: null', async () => {
    const { call } = await old('sleep(5)')
    expect([await call(), await call()]).toEqual([null, null])
  })
})

describe('in a runtime below Node 24, a handler of three parameters fails with what', () => {
  it.each([
    ['it passes to its callback', `callback(new RangeError('boom'))`],
    ['it passes to context.fail', `context.fail(new RangeError('boom'))`],
    ['it passes to context.done', `context.done(new RangeError('boom'))`],
    ['it throws', `throw new RangeError('boom')`],
    ['its promise rejects with', `return sleep(5).then(() => { throw new RangeError('boom') })`],
  ])('%s', async (_, source) => {
    const { invoke } = await old(source)
    expect(await invoke()).toMatchObject({ detail: 'the handler failed: RangeError: boom' })
  })
})

describe('the callback', () => {
  const events = `const seen = globalThis.seen ??= []
    if (event.ask) return callback(null, seen)`

  it('waits until the event loop is empty', async () => {
    const { call } = await old(`${events}
      sleep(30).then(() => seen.push('late'))
      callback(null, 'result')`)
    expect(await call({})).toBe('result')
    expect(await call({ ask: true })).toEqual(['late'])
  })

  it('does not wait when callbackWaitsForEmptyEventLoop is off', async () => {
    const { call } = await old(`context.callbackWaitsForEmptyEventLoop = false
      setInterval(() => {}, 1000)
      callback(null, 'result')`)
    expect(await call()).toBe('result')
  })
})

it('calls context.succeed of a handler that has no callback', async () => {
  const { call } = await lambdaFunction(
    `export const handler = (event, context) => void setTimeout(() => context.succeed('late'), 5)
     export const other = 1`,
    {},
    20,
  )
  expect(await call()).toBe(null)
  const { call: asked } = await lambdaFunction(
    `export const handler = (event, { succeed }) => void setTimeout(() => succeed('late'), 5)`,
    {},
    20,
  )
  expect(await asked()).toBe('late')
})

it('warns of a callback once, at the start', async () => {
  const { call, close, lines } = await old('callback()')
  await call()
  await call()
  await close()
  expect(lines).toEqual([
    expect.stringMatching(/\tWARN\tthe handler declares 3 parameters: it is called with a/),
  ])
})

it.each([24, 26])(
  'starts no handler of three parameters in the runtime of Node %d',
  async (major) => {
    const { invoke } = await lambdaFunction(`${answering} callback() }`, {}, major)
    expect(await invoke()).toMatchObject({
      detail:
        'the function did not start: Runtime.CallbackHandlerDeprecated: lambda.handler declares 3 parameters: the Node 24 runtime starts no function with more than two (event, context). Return a promise instead of calling back',
    })
  },
)

it('has no context.done from Node 24 on', async () => {
  const source = `export const handler = async (event, context) => typeof context.done`
  expect(await (await lambdaFunction(source, {}, 24)).call()).toBe('undefined')
  expect(await (await lambdaFunction(source, {}, 22)).call()).toBe('function')
})

describe('in this process, a handler of three parameters', () => {
  type Callback = (error: unknown, result?: unknown) => void
  const target = (major: number, answer: (callback: Callback) => void) =>
    createFunctionTarget(
      (_event: unknown, _context: unknown, callback: Callback) => answer(callback),
      {},
      major,
    )

  it('answers with what it passes to its callback', async () => {
    const { invoke } = target(22, (callback) => setImmediate(callback, null, 'result'))
    expect(await invoke('{}', { requestId: '1' })).toEqual({ payload: '"result"' })
  })

  it('fails with the error that it passes to its callback', async () => {
    const { invoke } = target(22, (callback) => callback(new Error('boom')))
    expect(await invoke('{}', { requestId: '1' })).toMatchObject({
      detail: 'the handler failed: Error: boom',
    })
  })

  it('is refused for the runtime of Node 24', () => {
    expect(() => target(24, () => {})).toThrow(
      'the handler declares 3 parameters: the Node 24 runtime starts no function with more than two',
    )
  })
})
