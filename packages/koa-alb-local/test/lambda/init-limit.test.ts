import { expect, it, onTestFinished } from 'vitest'
import { lambdaTarget } from '../../src/index.ts'
import { folderWith } from '../shared/folder.ts'
import { lambdaFunction } from '../shared/lambda-function.ts'

const hang = 'await new Promise((resolve) => setTimeout(resolve, 60_000))'

it('starts the function once more, in the time of the invocation, when init takes too long', async () => {
  const { call, lines } = await lambdaFunction(
    `import { appendFileSync, readFileSync } from 'node:fs'
     appendFileSync('starts', 'x')
     if (readFileSync('starts').length < 2) ${hang}
     export const handler = async (_event, context) => context.getRemainingTimeInMillis()`,
    { initTimeoutMs: 2000, timeoutMs: 60_000 },
  )
  const left = await call()
  expect(left).toBeLessThan(59_990)
  expect(left).toBeGreaterThan(30_000)
  expect(lines).toEqual(['INIT_REPORT Init Duration: 2000.00 ms\tPhase: init\tStatus: timeout'])
})

it('fails the invocation when the second start takes too long as well', async () => {
  const { invoke, lines } = await lambdaFunction(hang, { initTimeoutMs: 100, timeoutMs: 200 })
  expect(await invoke()).toEqual({
    errorReason: 'LambdaUnhandled',
    detail: 'Task timed out after 0.20 seconds',
  })
  expect(lines).toHaveLength(2)
})

it.each([
  ['loops', 'for (;;);'],
  ['waits', hang],
])('fails ahead of any invocation when the function %s at load', async (_how, code) => {
  const taskRoot = await folderWith({ 'lambda.mjs': code })
  const limits = { initTimeoutMs: 300, timeoutMs: 900_000 }
  const target = lambdaTarget({ handler: 'lambda.handler', taskRoot, output: () => {}, ...limits })
  onTestFinished(() => target.close())
  expect(await target.warmUp()).toEqual({
    errorReason: 'LambdaUnhandled',
    detail: 'the function did not start within 0.3 s, the limit of the init phase',
  })
})
