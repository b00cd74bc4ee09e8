import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { lambdaTarget } from '../../src/index.ts'
import { folderWith } from '../shared/folder.ts'

// Callers without types make these mistakes.
const create = lambdaTarget as (options: unknown) => unknown

it.each([
  [
    { handler: 'dist/lambda.js' },
    "handler 'dist/lambda.js' is a file: write 'dist/lambda.handler' or { file: 'dist/lambda.js', export: 'handler' }",
  ],
  [
    { handler: 'lambda' },
    "handler must be a path without extension, a dot and the name of an export, such as 'dist/lambda.handler'; got 'lambda'",
  ],
  [
    { handler: { file: 'lambda.ts', export: 'handler' } },
    'handler.file must end in .js, .mjs, .cjs, got lambda.ts',
  ],
  [
    { handler: { file: 'lambda.prod.mjs', export: 'handler' } },
    'Lambda cannot name lambda.prod.mjs: it takes the first dot of a file name for the end of it; lambda-prod.mjs would do',
  ],
  [{ handler: 'l.h', timeoutMs: 0 }, 'timeoutMs must be over 0 and at most 900000, got 0'],
  [{ handler: 'l.h', keepWarm: -1 }, 'keepWarm must be an integer from 0 on, got -1'],
  [{ handler: 'l.h', concurrency: 0.5 }, 'concurrency must be a positive integer, got 0.5'],
  [{ handler: 'l.h', maxConcurrency: 0 }, 'maxConcurrency must be a positive integer, got 0'],
  [{ handler: 'l.h', runtime: 'docker' }, 'runtime must be bootstrap or official, got docker'],
  [{ handler: 'l.h', output: 1 }, 'output must be a function, got number'],
  [{ handler: 'l.h', environment: { A: 1 } }, 'environment.A must be a string, got number'],
  [
    { handler: 'l.h', environment: { _HANDLER: '' } },
    'environment._HANDLER is set by Lambda itself',
  ],
])('refuses %j', (options, message) => {
  expect(() => create(options)).toThrow(new TypeError(message))
})

it('refuses a file in whose place Lambda would load another', async () => {
  const taskRoot = await folderWith({ 'lambda.js': '', 'lambda.mjs': '' })
  const handler = { file: 'lambda.mjs', export: 'handler' }
  expect(() => lambdaTarget({ handler, taskRoot })).toThrow(
    new TypeError(`Lambda would load ${taskRoot}/lambda.js instead of lambda.mjs`),
  )
})

it('says how to install the official client when it is missing', async () => {
  const taskRoot = await folderWith({})
  expect(() => lambdaTarget({ handler: 'lambda.handler', taskRoot, runtime: 'official' })).toThrow(
    `runtime 'official' needs the package aws-lambda-ric 4, not found from ${taskRoot}: npm install --save-dev aws-lambda-ric`,
  )
})

it('refuses the official client on a Node that it does not support', async () => {
  const runtimeFrom = await folderWith({ node: `#!/bin/sh\necho '["20.19.0",true]'\n` })
  const node = join(runtimeFrom, 'node')
  await chmod(node, 0o755)
  const client = join(runtimeFrom, 'node_modules/aws-lambda-ric')
  await mkdir(client, { recursive: true })
  await writeFile(join(client, 'index.js'), '')
  const target = lambdaTarget({ handler: 'l.h', runtime: 'official', runtimeFrom, node })
  expect(await target.invoke('{}', { requestId: 'one' })).toMatchObject({
    errorReason: 'LambdaServiceException',
    detail: `aws-lambda-ric needs Node 22 or later; ${node} is Node 20`,
  })
})
