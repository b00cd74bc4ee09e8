import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

// One worker thread, so that all invocations meet in one module of the official client, too.
const environment = { AWS_LAMBDA_NODEJS_WORKER_COUNT: '1' }

describe.each(runtimes)('with the client $runtime and maxConcurrency', (runtime) => {
  it('runs many invocations at once in one process', async () => {
    const { call } = await lambdaFunction(
      `const waiting = []
       export const handler = async () => {
         await new Promise((resolve) => {
           waiting.push(resolve)
           if (waiting.length === 3) for (const release of waiting) release()
         })
         return process.pid
       }`,
      { ...runtime, environment, maxConcurrency: 3, concurrency: 1 },
    )
    const pids = await Promise.all([call(), call(), call()])
    expect(new Set(pids).size).toBe(1)
  })

  it('lets the others run on when one times out', async () => {
    const { call, invoke } = await lambdaFunction(
      `let release
       export const handler = async ({ hang }) => {
         if (hang) return new Promise((resolve) => { release = resolve })
         release?.('too late')
         return process.pid
       }`,
      { ...runtime, environment, maxConcurrency: 2, timeoutMs: 1000 },
    )
    const pid = await call()
    expect(await invoke({ hang: true })).toMatchObject({
      detail: 'Task timed out after 1.00 seconds',
    })
    expect(await call()).toBe(pid)
  })
})

it('throttles above it when no other environment is allowed', async () => {
  const { invoke, call, line } = await lambdaFunction(
    `let release
     export const handler = async ({ hang }) => {
       if (!hang) return release()
       console.log('busy')
       return new Promise((resolve) => { release = resolve })
     }`,
    { maxConcurrency: 2, concurrency: 1 },
  )
  const first = call({ hang: true })
  await line(/busy/)
  const second = call({ hang: false })
  const third = invoke({})
  expect(await third).toMatchObject({ errorReason: 'LambdaThrottling' })
  await Promise.all([first, second])
})
