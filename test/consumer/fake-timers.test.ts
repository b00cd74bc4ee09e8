import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

const fixtures = fileURLToPath(new URL('fixtures/fake-timers', import.meta.url))

let project: Project
beforeAll(async () => {
  project = await createProject(['jest', 'koa', 'sinon', 'supertest', 'vitest'], [])
  await copy('visits.cjs', 'visits.cjs')
})
afterAll(() => project.remove())

async function copy(fixture: string, name: string): Promise<void> {
  await cp(join(fixtures, fixture), join(project.folder, name))
}

const jest = ['node_modules/jest/bin/jest.js', '--json', '--testMatch']
const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json']
const nodeTest = ['--test', '--test-reporter=tap']

// A fixture fakes the timers before it loads the packages or after, as the name of its copy says.
it.each([
  ['Jest in CommonJS', 'jest.cjs', [...jest, '**/*jest.cjs'], '"numPassedTests":40'],
  [
    'Jest in ES modules',
    'jest.mjs',
    ['--experimental-vm-modules', ...jest, '**/*jest.mjs'],
    '"numPassedTests":40',
  ],
  ['node:test', 'node.mjs', [...nodeTest, 'first.node.mjs', 'after.node.mjs'], '# pass 40'],
  ['Sinon', 'sinon.cjs', [...nodeTest, 'first.sinon.cjs', 'after.sinon.cjs'], '# pass 40'],
])(
  'answers under the fake timers of %s as app.listen() does',
  async (_name, fixture, args, passed) => {
    for (const order of ['first', 'after']) await copy(fixture, `${order}.${fixture}`)
    expect(await project.run(process.execPath, args)).toContain(passed)
  },
)

it('answers under the fake timers of Vitest as app.listen() does', async () => {
  for (const order of ['first', 'after', 'date']) await copy('vitest.mjs', `${order}.test.mjs`)
  expect(await project.run(process.execPath, vitest)).toContain('"numPassedTests":60')
})
