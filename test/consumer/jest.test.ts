import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

const example = fileURLToPath(new URL('../../examples/hello', import.meta.url))

let project: Project
beforeAll(async () => {
  project = await createProject(['jest', 'koa', 'supertest'], ['handler.cjs', 'jest.cjs'])
  for (const folder of ['dist', 'test']) await mkdir(join(project.folder, folder))
  for (const file of ['dist/lambda.js', 'test/lambda.jest.js']) {
    await cp(join(example, file), join(project.folder, file))
  }
})
afterAll(() => project.remove())

it.each([
  ['the example in an ES module', 'test/lambda.jest.js', ['--experimental-vm-modules']],
  ['a test in CommonJS', 'jest.cjs', []],
])('the packed load balancer passes %s under Jest', async (_name, file, options) => {
  const jest = ['node_modules/jest/bin/jest.js', '--json', '--testMatch', `**/${file}`]
  const printed = await project.run(process.execPath, [...options, ...jest])
  expect(JSON.parse(printed)).toMatchObject({ success: true, numPassedTests: 1 })
})
