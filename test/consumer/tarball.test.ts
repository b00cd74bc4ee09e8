import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

let project: Project
beforeAll(async () => {
  project = await createProject([], [])
})
afterAll(() => project.remove())

describe.each(['koa-alb', 'koa-alb-cdk', 'koa-alb-local'])('the packed %s', (name) => {
  it('holds its build, its manifest, its README and the licence, nothing else', () => {
    const paths = project.tarballs.find((tarball) => tarball.name === name)?.files ?? []
    const tops = new Set(
      paths.map(({ path }) => path.replace(/^dist\/(cjs|docs|esm|inspector)\/.*/, 'dist/$1')),
    )
    const isLocal = name === 'koa-alb-local'
    expect([...tops].sort()).toEqual([
      'LICENSE',
      'README.md',
      ...(isLocal ? ['bin/koa-alb-local.js'] : []),
      'dist/cjs',
      ...(isLocal ? ['dist/docs'] : []),
      'dist/esm',
      ...(isLocal ? ['dist/inspector'] : []),
      'package.json',
    ])
  })

  it('holds every file its manifest points to', async () => {
    const { main, types, exports } = await manifestOf(name)
    const entry = exports['.']
    expect({ main, types, entry }).toEqual({
      main: './dist/cjs/index.js',
      types: './dist/cjs/index.d.ts',
      entry: {
        import: { types: './dist/esm/index.d.ts', default: './dist/esm/index.js' },
        require: { types: './dist/cjs/index.d.ts', default: './dist/cjs/index.js' },
      },
    })
    const paths = project.tarballs.find((tarball) => tarball.name === name)?.files ?? []
    for (const file of [...Object.values(entry.import), ...Object.values(entry.require)]) {
      expect(paths).toContainEqual({ path: file.slice(2) })
    }
  })

  it('carries the MIT licence', async () => {
    const licence = await readFile(join(project.folder, 'node_modules', name, 'LICENSE'), 'utf8')
    expect(licence.split('\n')[0]).toBe('MIT License')
  })
})

it('koa-alb-local holds the documents its messages name', async () => {
  const folder = join(project.folder, 'node_modules/koa-alb-local')
  const help = await project.run(process.execPath, [join(folder, 'bin/koa-alb-local.js'), '-h'])
  const [, documents = ''] = /^Documents: (.*)$/m.exec(help) ?? []
  expect(join(project.folder, documents)).toBe(join(folder, 'dist/docs'))
  expect(await readFile(join(folder, 'dist/docs/errors.md'), 'utf8')).toContain(
    'ALB_ERR_APP_UNAVAILABLE',
  )
})

it('koa-alb-local installs its command', async () => {
  const help = await project.run(join(project.folder, 'node_modules/.bin/koa-alb-local'), ['-h'])
  expect(help).toMatch(/^Usage: koa-alb-local <file>/)
})

it('koa-alb-local moves a project with what is installed with it', async () => {
  const moved = join(project.folder, 'moved')
  await mkdir(moved)
  await writeFile(join(moved, 'lambda.js'), "exports.handler = require('serverless-http')(app)\n")
  await writeFile(join(moved, 'package.json'), '{"dependencies":{"serverless-http":"^4.0.0"}}')
  const command = join(project.folder, 'node_modules/.bin/koa-alb-local')
  await project.run(command, ['migrate', 'moved', '--write'])
  expect(await readFile(join(moved, 'lambda.js'), 'utf8')).toBe(
    "exports.handler = require('koa-alb').albHandler(app)\n",
  )
  const { version } = await manifestOf('koa-alb')
  expect(await readFile(join(moved, 'package.json'), 'utf8')).toBe(
    `{"dependencies":{"koa-alb":"^${version}"}}`,
  )
})

it('koa-alb depends on nothing', async () => {
  const manifest = await manifestOf('koa-alb')
  expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([
    'devDependencies',
  ])
})

interface Manifest {
  version: string
  main: string
  types: string
  exports: { '.': { import: Record<string, string>; require: Record<string, string> } }
}

async function manifestOf(name: string): Promise<Manifest> {
  return JSON.parse(
    await readFile(join(project.folder, 'node_modules', name, 'package.json'), 'utf8'),
  )
}
