import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { endpointTarget, type InvocationOutcome } from '../src/index.ts'
import { folderWith } from './lambda/function.ts'

const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:shop:live'

/** Invokes the function from a project with this SDK. */
async function invokeWith(sdk?: string): Promise<InvocationOutcome> {
  const project = await folderWith({ 'package.json': '{}' })
  if (sdk) {
    const folder = join(project, 'node_modules/@aws-sdk/client-lambda')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'index.js'), sdk)
  }
  const before = process.cwd()
  process.chdir(project)
  onTestFinished(() => process.chdir(before))
  return endpointTarget(arn).invoke('{"a":"ä"}', { requestId: 'one' })
}

/** Stands in for the SDK: `send` gets region and input. */
function sdk(send: string): string {
  return `
    exports.InvokeCommand = class { constructor(input) { this.input = input } }
    exports.LambdaClient = class {
      constructor(options) { this.options = options }
      async send({ input }) { const { region } = this.options; ${send} }
    }`
}

it('says how to install the SDK when it is missing', async () => {
  expect(await invokeWith()).toMatchObject({
    errorReason: 'LambdaConnectionError',
    detail: `${arn} cannot be invoked: Error: @aws-sdk/client-lambda is not installed: npm install --save-dev @aws-sdk/client-lambda`,
  })
})

it('invokes the function in the region of its ARN', async () => {
  const send = `
    const seen = [region, input.FunctionName, Buffer.from(input.Payload).toString()]
    return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(seen)) }`
  expect(await invokeWith(sdk(send))).toEqual({
    payload: JSON.stringify(['eu-central-1', arn, '{"a":"ä"}']),
  })
})

it('reports the error of the function', async () => {
  const send = `
    const Payload = Buffer.from('{"errorType":"RangeError","errorMessage":"boom"}')
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload }`
  expect(await invokeWith(sdk(send))).toMatchObject({
    errorReason: 'LambdaUnhandled',
    detail: 'the handler failed: RangeError: boom',
  })
})

it.each([
  [429, 'TooManyRequestsException', 'LambdaThrottling'],
  [404, 'ResourceNotFoundException', 'LambdaResourceNotFound'],
  [403, 'AccessDeniedException', 'LambdaAccessDenied'],
])('maps the exception %i %s to %s', async (httpStatusCode, name, errorReason) => {
  const properties = JSON.stringify({ name, $metadata: { httpStatusCode } })
  const outcome = await invokeWith(sdk(`throw Object.assign(new Error('no'), ${properties})`))
  expect(outcome).toEqual({
    errorReason,
    detail: `the endpoint answered ${httpStatusCode} ${name} no`,
  })
})

it('is LambdaConnectionError when there are no credentials', async () => {
  const outcome = await invokeWith(sdk("throw new Error('no credentials')"))
  expect(outcome).toMatchObject({
    errorReason: 'LambdaConnectionError',
    detail: `${arn} cannot be invoked: Error: no credentials`,
  })
})
