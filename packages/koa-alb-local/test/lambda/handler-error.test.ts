import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('reports what the handler threw, with the stack of its process', async () => {
    const { invoke, folder } = await lambdaFunction(
      "export const handler = async () => { throw new RangeError('boom') }",
      runtime,
    )
    const outcome = await invoke()
    expect(outcome).toMatchObject({
      errorReason: 'LambdaUnhandled',
      detail: 'the handler failed: RangeError: boom',
      cause: { name: 'RangeError', message: 'boom' },
    })
    expect(outcome).toHaveProperty(
      'cause.stack',
      expect.stringContaining(`${folder}/lambda.mjs:1:`),
    )
  })

  it('keeps the process after an error', async () => {
    const { invoke, call } = await lambdaFunction(
      `let calls = 0
       export const handler = async () => {
         calls += 1
         if (calls === 1) throw 'no error object'
         return calls
       }`,
      runtime,
    )
    expect(await invoke()).toMatchObject({ detail: 'the handler failed: string: no error object' })
    expect(await call()).toBe(2)
  })

  it('answers null for a result that is no JSON', async () => {
    const { call } = await lambdaFunction('export const handler = async () => undefined', runtime)
    expect(await call()).toBe(null)
  })

  it('refuses a payload over 6 MB', async () => {
    const { invoke, call } = await lambdaFunction(
      "export const handler = async ({ size }) => 'x'.repeat(size)",
      runtime,
    )
    expect(await invoke({ size: 6_291_555 })).toMatchObject({
      errorReason: 'LambdaUnhandled',
      detail:
        'the handler failed: Function.ResponseSizeTooLarge: Response payload size (6291557 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    })
    expect(await call({ size: 6_291_554 })).toHaveLength(6_291_554)
  })
})
