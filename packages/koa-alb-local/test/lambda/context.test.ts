import { expect, it, onTestFinished, vi } from 'vitest'
import { lambdaFunction } from '../shared/lambda-function.ts'

it('gives the handler every documented property of the context', async () => {
  const { call } = await lambdaFunction(
    `export const handler = async (_event, { getRemainingTimeInMillis, ...context }) =>
      ({ ...context, left: getRemainingTimeInMillis() })`,
    { functionName: 'shop', memoryLimitInMB: 512, timeoutMs: 5000 },
  )
  expect(await call()).toEqual({
    awsRequestId: 'request-1',
    callbackWaitsForEmptyEventLoop: true,
    functionName: 'shop',
    functionVersion: '$LATEST',
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:shop',
    memoryLimitInMB: '512',
    logGroupName: '/aws/lambda/shop',
    logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    xRayTraceId: expect.stringMatching(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
    ),
    left: expect.closeTo(4500, -3),
  })
})

it('gives each invocation its own request id and the whole time', async () => {
  const { call } = await lambdaFunction(
    `export const handler = async (_event, context) =>
      [context.awsRequestId, context.getRemainingTimeInMillis() > 59_000]`,
    { timeoutMs: 60_000 },
  )
  expect([await call(), await call()]).toEqual([
    ['request-1', true],
    ['request-2', true],
  ])
})

it('has the time that is left whatever date a test has set', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2020-01-01') })
  onTestFinished(() => void vi.useRealTimers())
  const { call } = await lambdaFunction(
    `export const handler = async (_event, context) => context.getRemainingTimeInMillis()`,
    { timeoutMs: 60_000 },
  )
  expect(await call()).toBeGreaterThan(50_000)
})
