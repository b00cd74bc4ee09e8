import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

const answer = "async () => 'here'"

describe.each(runtimes)('the client $runtime finds', (runtime) => {
  it.each([
    ['an ES module', { 'lambda.mjs': `export const handler = ${answer}` }, 'lambda.handler'],
    ['a CommonJS module', { 'lambda.cjs': `exports.handler = ${answer}` }, 'lambda.handler'],
    [
      'a .js file, CommonJS by default',
      { 'lambda.js': `exports.handler = ${answer}` },
      'lambda.handler',
    ],
    [
      'a .js file of a package of ES modules',
      { 'package.json': '{"type":"module"}', 'lambda.js': `export const handler = ${answer}` },
      'lambda.handler',
    ],
    [
      'module.exports = { handler }',
      { 'lambda.cjs': `const c = { handler: ${answer} }; module.exports = c` },
      'lambda.handler',
    ],
    [
      'a nested export',
      { 'lambda.mjs': `export const api = { get: ${answer} }` },
      'lambda.api.get',
    ],
    [
      '.js before .mjs',
      { 'lambda.js': `exports.handler = ${answer}`, 'lambda.mjs': '' },
      'lambda.handler',
    ],
  ])('%s', async (_what, files, handler) => {
    const { call } = await lambdaFunction(files, { ...runtime, handler })
    expect(await call()).toBe('here')
  })

  it('a file in a folder, by its full name', async () => {
    const { call, folder } = await lambdaFunction(
      {},
      { ...runtime, handler: { file: 'dist/app.mjs', export: 'run' } },
    )
    await mkdir(join(folder, 'dist'))
    await writeFile(join(folder, 'dist/app.mjs'), `export const run = ${answer}`)
    expect(await call()).toBe('here')
  })
})

describe.each(runtimes)('with the client $runtime, a function', (runtime) => {
  const requiring = {
    'lambda.cjs': "require('./app.mjs'); exports.handler = () => 'required'",
    'app.mjs': '',
  }

  it('cannot require ES modules on any runtime', async () => {
    const { invoke } = await lambdaFunction(requiring, runtime)
    expect(await invoke()).toMatchObject({
      detail: expect.stringContaining('require() of ES Module'),
    })
  })

  it('can require them when its NODE_OPTIONS ask for it', async () => {
    const environment = { NODE_OPTIONS: '--experimental-require-module' }
    const { call } = await lambdaFunction(requiring, { ...runtime, environment })
    expect(await call()).toBe('required')
  })

  it('is no ES module for its syntax alone on Node 22', async () => {
    const { invoke } = await lambdaFunction(
      { 'package.json': '{}', 'lambda.js': `export const handler = ${answer}` },
      runtime,
    )
    const isOfNode22 = process.versions.node.startsWith('22.')
    expect(await invoke()).toMatchObject(
      isOfNode22
        ? { detail: expect.stringContaining("Unexpected token 'export'") }
        : { payload: '"here"' },
    )
  })
})
