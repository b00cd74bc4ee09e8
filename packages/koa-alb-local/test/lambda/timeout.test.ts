import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'
import { logFor } from '../shared/load-balancer.ts'
import { isRunning } from '../shared/processes.ts'

const slow = `
  export const handler = async ({ hang }) => {
    console.log('pid', process.pid)
    if (hang) await new Promise((resolve) => setTimeout(resolve, 60_000))
    return process.pid
  }`

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('fails the invocation, says so on the log, and kills the process', async () => {
    const { call, invoke, line } = await lambdaFunction(slow, { ...runtime, timeoutMs: 1000 })
    const pid = await call()
    expect(await invoke({ hang: true })).toEqual({
      errorReason: 'LambdaUnhandled',
      detail: 'Task timed out after 1.00 seconds',
    })
    await line(/^\d{4}-\d\d-\d\dT\S+Z request-2 Task timed out after 1\.00 seconds$/)
    await expect.poll(() => isRunning(Number(pid))).toBe(false)
    expect(await call()).not.toBe(pid)
  })
})

it('also ends a handler that never yields', async () => {
  const { invoke } = await lambdaFunction('export const handler = () => { for (;;); }', {
    timeoutMs: 200,
  })
  expect(await invoke()).toMatchObject({ detail: 'Task timed out after 0.20 seconds' })
})

it('also ends what the function has started', async () => {
  const { invoke, line } = await lambdaFunction(
    `import { spawn } from 'node:child_process'
     const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
     console.log('child', child.pid)
     export const handler = () => { for (;;); }`,
    { timeoutMs: 200 },
  )
  await invoke()
  const pid = Number((await line(/child/)).split(' ').at(-1))
  await expect.poll(() => isRunning(pid)).toBe(false)
})

it('is 502 to the client of the load balancer', async () => {
  const { invoke } = await lambdaFunction('export const handler = () => { for (;;); }', {
    timeoutMs: 100,
  })
  const entry = await logFor({ target: { invoke: () => invoke() } })
  expect(entry).toMatchObject({
    status: 502,
    errorReason: 'LambdaUnhandled',
    detail: 'Task timed out after 0.10 seconds',
  })
})
