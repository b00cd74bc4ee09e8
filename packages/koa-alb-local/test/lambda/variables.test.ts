import { expect, it } from 'vitest'
import { lambdaFunction } from '../shared/lambda-function.ts'

const showVariables = 'export const handler = async () => process.env'
const major = Number.parseInt(process.versions.node, 10)
const nodeOptions =
  major === 22
    ? '--no-experimental-require-module --no-experimental-detect-module'
    : '--no-experimental-require-module'

it('gives the function the variables that it has on Lambda, and no others', async () => {
  const { call, folder } = await lambdaFunction(showVariables, {
    functionName: 'shop',
    memoryLimitInMB: 512,
    environment: { TABLE: 'orders' },
  })
  const { PATH, HOME, TMPDIR, ...variables } = Object(await call())
  expect([PATH, HOME, TMPDIR]).toEqual([process.env.PATH, process.env.HOME, process.env.TMPDIR])
  expect(variables).toEqual({
    TABLE: 'orders',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${major}.x`,
    AWS_LAMBDA_FUNCTION_NAME: 'shop',
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/shop',
    AWS_LAMBDA_LOG_STREAM_NAME: expect.stringContaining('[$LATEST]'),
    AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    LAMBDA_TASK_ROOT: folder,
    LAMBDA_RUNTIME_DIR: expect.stringMatching(/koa-alb-local\/dist\/esm\/bootstrap$/),
    _HANDLER: 'lambda.handler',
    _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-/),
    NODE_OPTIONS: nodeOptions,
  })
})

it("takes the region and further Node options from the function's own variables", async () => {
  const environment = { AWS_REGION: 'eu-central-1', NODE_OPTIONS: '--no-deprecation' }
  const { call } = await lambdaFunction(
    `export const handler = async (_event, { invokedFunctionArn }) =>
      [process.env.AWS_DEFAULT_REGION, invokedFunctionArn, process.env.NODE_OPTIONS]`,
    { environment },
  )
  expect(await call()).toEqual([
    'eu-central-1',
    'arn:aws:lambda:eu-central-1:123456789012:function:koa-alb-local',
    `${nodeOptions} --no-deprecation`,
  ])
})

it('runs in the task root, in UTC, with the heap limit of its memory', async () => {
  const { call, folder } = await lambdaFunction(
    `import { getHeapStatistics } from 'node:v8'
     export const handler = async () =>
       [process.cwd(), new Date(0).getTimezoneOffset(), getHeapStatistics().heap_size_limit < 400e6]`,
    { memoryLimitInMB: 256 },
  )
  expect(await call()).toEqual([folder, 0, true])
})
