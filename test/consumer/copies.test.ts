import { join } from 'node:path'
import { build, type Format } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

// The managed runtimes run with require(esm) disabled.
const asLambda = '--no-experimental-require-module'
const failed = 'ALB_ERR_LISTENER_FAILED'
/** Of an ES module and a CommonJS package with a copy each, and one server given to both. */
const known = {
  areTwo: true,
  asking: 'id-1',
  asked: 'id-1',
  codes: [failed, failed, failed, failed],
  isAlbError: true,
}

let project: Project
beforeAll(async () => {
  project = await createProject(['jest'], ['copies.mjs', 'logger.cjs', 'reset-modules.cjs'])
})
afterAll(() => project.remove())

it('two copies in one process know requests, servers and errors of each other', async () => {
  const printed = await project.run(process.execPath, [asLambda, 'copies.mjs'])
  expect(JSON.parse(printed)).toEqual(known)
})

it.each<[Format, string, string]>([
  [
    'esm',
    'copies.bundle.mjs',
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  ],
  ['cjs', 'copies.bundle.cjs', ''],
])('two copies in an esbuild bundle in format %s do, too', async (format, file, js) => {
  await build({
    entryPoints: [join(project.folder, 'copies.mjs')],
    outfile: join(project.folder, file),
    format,
    platform: 'node',
    bundle: true,
    banner: { js },
  })
  const printed = await project.run(process.execPath, [asLambda, file])
  expect(JSON.parse(printed)).toEqual(known)
})

it('a copy that jest loads anew does, too', async () => {
  const jest = ['node_modules/jest/bin/jest.js', '--json', '--testMatch', '**/reset-modules.cjs']
  const printed = await project.run(process.execPath, jest)
  expect(JSON.parse(printed)).toMatchObject({ success: true, numPassedTests: 1 })
})
