import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'
import { logFor } from '../shared/load-balancer.ts'

// Answers when as many invocations as the event says run, in whatever process; a number per process.
const meeting = `
  import { appendFileSync, readFileSync } from 'node:fs'
  export const handler = async ({ parties }) => {
    appendFileSync('arrived', 'x')
    while (readFileSync('arrived').length < parties) await new Promise(setImmediate)
    return process.pid
  }`

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('uses a warm process again', async () => {
    const source = 'let calls = 0; export const handler = async () => (calls += 1)'
    const { call } = await lambdaFunction(source, runtime)
    expect([await call(), await call(), await call()]).toEqual([1, 2, 3])
  })

  it('tells the time of the init phase of a cold start only', async () => {
    const { invoke } = await lambdaFunction('export const handler = async () => 1', runtime)
    expect(await invoke()).toEqual({ payload: '1', initMs: expect.any(Number) })
    expect(await invoke()).toEqual({ payload: '1' })
  })
})

it('has a cold start on the log of the load balancer', async () => {
  const { invoke } = await lambdaFunction(
    'export const handler = async () => ({ statusCode: 200 })',
  )
  const target = { invoke: () => invoke() }
  expect(await logFor({ target })).toHaveProperty('initMs', expect.any(Number))
  expect(await logFor({ target })).not.toHaveProperty('initMs')
})

it('runs each invocation at once in a process of its own', async () => {
  const { call } = await lambdaFunction(meeting)
  const pids = await Promise.all([1, 2, 3].map(() => call({ parties: 3 })))
  expect(new Set(pids).size).toBe(3)
})

it('prefers the process that was used last', async () => {
  const { call } = await lambdaFunction(meeting)
  const [one, two] = await Promise.all([call({ parties: 2 }), call({ parties: 2 })])
  const last = await call({ parties: 0 })
  expect([one, two]).toContain(last)
  expect([await call({ parties: 0 }), await call({ parties: 0 })]).toEqual([last, last])
})
