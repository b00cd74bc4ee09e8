import { execFile } from 'node:child_process'
import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished, vi } from 'vitest'
import { endpointTarget, type InvocationOutcome } from '../../src/index.ts'
import { endpoint } from '../shared/endpoint.ts'
import { folderWith } from '../shared/folder.ts'

const built = fileURLToPath(new URL('../../dist/esm', import.meta.url))
const arn = 'arn:aws:lambda:eu-central-1:123456789012:function:shop:live'

/** Invokes the function from a project with this SDK. */
async function invokeWith(sdk: string): Promise<InvocationOutcome> {
  const project = await folderWith({ 'package.json': '{}' })
  const folder = join(project, 'node_modules/@aws-sdk/client-lambda')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.js'), sdk)
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
  const project = await folderWith({
    'package.json': '{ "type": "module" }',
    'program.js': `
      import { serviceTarget } from './copy/targets/service-target.js'
      const outcome = await serviceTarget('${arn}', 1000).invoke('{}', { requestId: 'one' })
      console.log(outcome.errorReason, outcome.detail)`,
  })
  // A copy, because the SDK is installed beside this package; and a package that cannot be loaded, so
  // that none is found in a folder above.
  await cp(built, join(project, 'copy'), { recursive: true })
  await mkdir(join(project, 'node_modules/@aws-sdk/client-lambda'), { recursive: true })
  await writeFile(
    join(project, 'node_modules/@aws-sdk/client-lambda/package.json'),
    '{ "exports": {} }',
  )
  const { stdout } = await promisify(execFile)(process.execPath, ['program.js'], { cwd: project })
  expect(stdout).toBe(
    `LambdaConnectionError ${arn} cannot be invoked: Error: @aws-sdk/client-lambda is not installed: npm install --save-dev @aws-sdk/client-lambda\n`,
  )
})

it('signs with the SDK', async () => {
  const seen: unknown[] = []
  const url = await endpoint(async (request, response) => {
    const { method, url: path, headers } = request
    seen.push([method, path, headers.authorization, await text(request)])
    response.end('{"statusCode":200}')
  })
  vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', url)
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
  expect(await endpointTarget(arn).invoke('{"a":"ä"}', { requestId: 'one' })).toEqual({
    payload: '{"statusCode":200}',
  })
  expect(seen).toEqual([
    [
      'POST',
      `/2015-03-31/functions/${encodeURIComponent(arn)}/invocations`,
      expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-central-1\/lambda\//,
      ),
      '{"a":"ä"}',
    ],
  ])
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
