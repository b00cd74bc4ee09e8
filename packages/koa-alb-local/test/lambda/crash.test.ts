import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

const crashing = `
  export const handler = async ({ crash }) => {
    if (crash === 'exit') process.exit(3)
    if (crash === 'exit without a code') process.exit()
    if (crash === 'a signal') process.kill(process.pid, 'SIGKILL')
    if (crash === 'an unhandled rejection') Promise.reject(new Error('nobody waits'))
    if (crash === 'an uncaught error') setImmediate(() => { throw new Error('nobody catches') })
    if (crash) await new Promise((resolve) => setTimeout(resolve, 10_000))
    return process.pid
  }`

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it.each([
    ['exit', 'Runtime exited with error: exit status 3'],
    [
      'exit without a code',
      'Runtime exited without providing a reason: process.exit() was called, or nothing was left to wait for',
    ],
    ['a signal', 'Runtime exited with error: signal: SIGKILL'],
    [
      'an unhandled rejection',
      'Runtime exited with error: exit status 1: Error: nobody waits (file://<folder>/lambda.mjs:6)',
    ],
    [
      'an uncaught error',
      'Runtime exited with error: exit status 1: Error: nobody catches (file://<folder>/lambda.mjs:7)',
    ],
  ])('starts a new process after %s', async (crash, reason) => {
    const { call, invoke, folder } = await lambdaFunction(crashing, runtime)
    const before = await call()
    expect(await invoke({ crash })).toEqual({
      errorReason: 'LambdaUnhandled',
      detail: `the handler failed: ${reason.replace('<folder>', folder)}`,
    })
    expect(await call()).not.toBe(before)
  })
})

it('tells when nothing is left to wait for', async () => {
  const { invoke } = await lambdaFunction('export const handler = () => new Promise(() => {})')
  expect(await invoke()).toMatchObject({
    detail: expect.stringMatching(/nothing was left to wait for$/),
  })
})

it('ends the process when its memory is used up', async () => {
  const { invoke } = await lambdaFunction(
    'const kept = []; export const handler = async () => { for (;;) kept.push(new Array(1e5).fill({})) }',
    { memoryLimitInMB: 128 },
  )
  expect(await invoke()).toMatchObject({
    detail: 'the handler failed: Runtime exited with error: signal: SIGABRT',
  })
})
