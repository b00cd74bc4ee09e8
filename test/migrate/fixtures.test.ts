import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Format, transform } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migration } from '../../packages/koa-alb-local/src/migrate/migration.ts'

const run = promisify(execFile)
const here = fileURLToPath(new URL('.', import.meta.url))
const fixtures = join(here, 'fixtures')
const packages = await readdir(fixtures)
const cases = (
  await Promise.all(
    packages.map(async (name) =>
      (await readdir(join(fixtures, name))).map((each) => `${name}/${each}`),
    ),
  )
).flat()

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koa-alb-migrate-'))
  // What the fixtures import is installed for the tests of this workspace.
  await symlink(join(here, '../node_modules'), join(folder, 'node_modules'))
  await cp(fixtures, folder, { recursive: true })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each(cases)('%s becomes what is expected, byte for byte', async (name) => {
  const { changed, undecided } = await migration(join(fixtures, name, 'before'), '^1.2.3')
  expect(undecided).toEqual([])
  const after = join(fixtures, name, 'after')
  const files = await readdir(after)
  expect(changed.map(({ path }) => path).sort()).toEqual(files.sort())
  for (const { path, after: text } of changed) {
    expect(text).toBe(await readFile(join(after, path), 'utf8'))
  }
})

it('every handler that was moved answers an event of a load balancer', async () => {
  const files = await Promise.all(cases.map(runnable))
  const { stdout } = await run(process.execPath, [join(here, 'answers.mjs'), ...files], {
    env: { ...process.env, POWERTOOLS_LOG_LEVEL: 'SILENT' },
  })
  const hello = { statusCode: 200, body: 'hello' }
  expect(JSON.parse(stdout)).toEqual(Object.fromEntries(files.map((file) => [file, hello])))
})

it('every moved file of TypeScript compiles under strict settings', async () => {
  const files = (await Promise.all(cases.map(source))).filter((file) => /ts$/.test(file))
  const compilerOptions = {
    target: 'ES2023',
    module: 'NodeNext',
    moduleDetection: 'force',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    experimentalDecorators: true,
    types: ['node'],
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const compiler = join(here, '../node_modules/.bin/tsc')
  await expect(run(compiler, ['-p', folder])).resolves.toMatchObject({ stdout: '' })
  expect(files.length).toBeGreaterThan(10)
})

async function source(name: string): Promise<string> {
  const [file = ''] = (await readdir(join(folder, name, 'after'))).filter((each) =>
    each.startsWith('lambda.'),
  )
  return join(folder, name, 'after', file)
}

/** The file, or what it is without types. */
async function runnable(name: string): Promise<string> {
  const file = await source(name)
  if (!file.endsWith('ts')) return file
  const format: Format = extname(file) === '.cts' ? 'cjs' : 'esm'
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: 'ts',
    format,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  })
  const made = join(folder, name, 'made', format === 'cjs' ? 'lambda.cjs' : 'lambda.mjs')
  await mkdir(join(folder, name, 'made'))
  await writeFile(made, code)
  return made
}
