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

it('requires ES modules from Node 24 on, as the managed runtimes', async () => {
  const { invoke } = await lambdaFunction({
    'lambda.cjs': "require('./app.mjs'); exports.handler = () => 'required'",
    'app.mjs': '',
  })
  const isManagedToRequire = Number.parseInt(process.versions.node, 10) >= 24
  expect(await invoke()).toMatchObject(
    isManagedToRequire
      ? { payload: '"required"' }
      : { detail: expect.stringContaining('require() of ES Module') },
  )
})
