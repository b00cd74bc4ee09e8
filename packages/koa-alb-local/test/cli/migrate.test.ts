import { execFile } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { folderWith } from '../shared/folder.ts'

const bin = fileURLToPath(new URL('../../bin/koa-alb-local.js', import.meta.url))

const before = `import serverless from 'serverless-http'
import { app } from './app.js'

export const handler = serverless(app, { binary: ['image/png'] })
`
const after = `import { albHandler } from 'koa-alb'
import { app } from './app.js'

export const handler = albHandler(app)
`
const manifest = '{\n  "dependencies": {\n    "serverless-http": "^3.2.0"\n  }\n}\n'
const isBinary =
  'binary is left out: whether a body travels as text or as base64 is decided by its bytes'

interface Run {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function run(cwd: string, command: string, ...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr })
    })
  })
}

const migrate = (folder: string, ...args: string[]): Promise<Run> =>
  run(folder, process.execPath, bin, 'migrate', '.', ...args)

it('prints a diff that git applies, and changes nothing', async () => {
  const folder = await folderWith({ 'src/lambda.js': before, 'package.json': manifest })
  const { code, stdout } = await migrate(folder)
  expect(code).toBe(0)
  expect(stdout).toContain(`src/lambda.js:4:42: ${isBinary}\n2 files to change, with --write; then`)
  expect(await readFile(join(folder, 'src/lambda.js'), 'utf8')).toBe(before)
  await writeFile(join(folder, 'moved.patch'), stdout)
  expect(await run(folder, 'git', 'apply', 'moved.patch')).toMatchObject({ code: 0, stderr: '' })
  expect(await readFile(join(folder, 'src/lambda.js'), 'utf8')).toBe(after)
  expect(await readFile(join(folder, 'package.json'), 'utf8')).toMatch(
    /"koa-alb": "\^\d+\.\d+\.\d+"/,
  )
})

it('changes the files with --write, and has nothing to do the next time', async () => {
  const files = { 'lambda.js': before, 'package.json': manifest, 'pnpm-lock.yaml': '' }
  const folder = await folderWith(files)
  await chmod(join(folder, 'lambda.js'), 0o755)
  const { code, stdout } = await migrate(folder, '--write')
  expect(code).toBe(0)
  expect(stdout).toMatch(/\n2 files changed; then pnpm install\n$/)
  expect(await readFile(join(folder, 'lambda.js'), 'utf8')).toBe(after)
  expect((await stat(join(folder, 'lambda.js'))).mode & 0o777).toBe(0o755)
  expect(await migrate(folder, '--write')).toEqual({
    code: 0,
    stdout: 'nothing to move in .\n',
    stderr: '',
  })
})

it('says what it could not decide, where, why and which page tells more', async () => {
  const text = before.replace("binary: ['image/png']", 'basePath')
  const folder = await folderWith({ 'a.js': text, 'b.js': before, 'package.json': manifest })
  const { code, stdout } = await migrate(folder, '--write')
  expect(code).toBe(1)
  expect(stdout).toContain(`Could not decide:
a.js:4:42: koa-alb has no basePath: the app gets the path of the request; mount it there, or let a rewrite of the listener rule take it off
    basePath
    docs/migrate/serverless-http.md
2 files changed, 1 undecided; then`)
  expect(await readFile(join(folder, 'a.js'), 'utf8')).toBe(text)
  const changed = await readFile(join(folder, 'package.json'), 'utf8')
  expect(Object.keys(JSON.parse(changed).dependencies)).toEqual(['koa-alb', 'serverless-http'])
})

it('writes JSON with a version for programs', async () => {
  const folder = await folderWith({ 'lambda.js': before, 'package.json': manifest })
  const { stdout } = await migrate(folder, '--format', 'json')
  const { version, written, changed, notes, undecided, install } = JSON.parse(stdout)
  expect([version, written, undecided, install]).toEqual([1, false, [], 'npm install'])
  expect(changed.map(({ file }: { file: string }) => file)).toEqual(['lambda.js', 'package.json'])
  expect(changed[0].diff).toContain('\n-export const handler = serverless(app, {')
  expect(notes).toEqual([
    {
      file: 'lambda.js',
      line: 4,
      column: 42,
      found: "binary: ['image/png']",
      message: isBinary,
      page: 'docs/migrate/serverless-http.md',
    },
  ])
})

it.each([
  ['no folder', [], /migrate takes one folder/],
  ['two folders', ['a', 'b'], /migrate takes one folder/],
  ['a folder that is not there', ['gone'], /^gone cannot be read: ENOENT/],
  ['a file', ['file.js'], /^file\.js is no folder/],
  ['an unknown format', ['.', '--format', 'yaml'], /--format is one of text, json, got yaml/],
  ['an unknown option', ['.', '--writ'], /Unknown option '--writ'; did you mean --write\?/],
])('ends with 2 for %s', async (_what, args, message) => {
  const folder = await folderWith({ 'file.js': '' })
  const { code, stderr } = await run(folder, process.execPath, bin, 'migrate', ...args)
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})

it('leaves out what git ignores, what is built, and what links lead to', async () => {
  const outside = await folderWith({ 'lambda.js': before })
  const folder = await folderWith({
    '.gitignore': 'made/\n/*.gen.js\n',
    'inner/.gitignore': '!kept.gen.js\n*.tmp.js\n',
    'made/lambda.js': before,
    'a.gen.js': before,
    'inner/b.tmp.js': before,
    'inner/kept.gen.js': before,
    'dist/lambda.js': before,
    'node_modules/x/lambda.js': before,
    '.cache/lambda.js': before,
    'lambda.min.js': before,
    'types.d.ts': before,
    'made.js': `// @generated by a program\n${before}`,
  })
  await symlink(outside, join(folder, 'linked'))
  await symlink(join(outside, 'lambda.js'), join(folder, 'linked.js'))
  const { stdout } = await migrate(folder, '--format', 'json', '--write')
  const { changed, undecided } = JSON.parse(stdout)
  expect(changed.map(({ file }: { file: string }) => file)).toEqual(['inner/kept.gen.js'])
  expect(undecided.map(({ file, message }: Record<string, string>) => [file, message])).toEqual([
    ['made.js', 'it looks like the output of a program'],
  ])
  expect(await readFile(join(outside, 'lambda.js'), 'utf8')).toBe(before)
})

it('leaves out what a folder above ignores, up to that of the repository', async () => {
  const root = await folderWith({
    '.gitignore': '*.js\n',
    'repository/.gitignore': 'a/made/\n',
    'repository/a/made/lambda.js': before,
    'repository/a/lambda.js': before,
  })
  await mkdir(join(root, 'repository/.git'))
  const { stdout } = await migrate(join(root, 'repository/a'))
  expect(stdout).toContain('+++ b/lambda.js\n')
  expect(stdout).toMatch(/\n1 file to change, with --write\n$/)
})

it('names files that it cannot read, and moves the others', async () => {
  const folder = await folderWith({ 'broken.js': `${before}}`, 'lambda.js': before })
  await writeFile(join(folder, 'latin1.js'), Buffer.from(`${before}// \xe9\n`, 'latin1'))
  await mkdir(join(folder, 'package.json'))
  const { code, stdout } = await migrate(folder, '--format', 'json', '--write')
  const { changed, undecided } = JSON.parse(stdout)
  expect(code).toBe(1)
  expect(changed.map(({ file }: { file: string }) => file)).toEqual(['lambda.js'])
  expect(undecided).toMatchObject([
    { file: 'broken.js', line: 5, column: 1, message: 'cannot be parsed: Unexpected token' },
    { file: 'latin1.js', line: 1, column: 1, message: 'it is not UTF-8' },
  ])
})

it('keeps the old adapter for a file that it cannot read', async () => {
  const files = { 'broken.js': `${before}}`, 'lambda.js': before, 'package.json': manifest }
  const folder = await folderWith(files)
  await migrate(folder, '--write')
  const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  expect(Object.keys(dependencies)).toEqual(['koa-alb', 'serverless-http'])
})

it('names where the app asks a request for the event of the adapter that goes', async () => {
  const app = `export const app = (req, res) => {
  const { event } = req.apiGateway
  res.end(event.path + own.apiGateway + "req.apiGateway")
}`
  const folder = await folderWith({ 'lambda.js': before, 'app.js': app })
  const { code, stdout } = await migrate(folder)
  expect(code).toBe(1)
  expect(stdout).toContain(`Could not decide:
app.js:2:21: apiGateway is of the adapter that goes: take invocation(req), which has event and context, of koa-alb
    req.apiGateway
    docs/migrate/serverless-http.md
1 file to change, with --write, 1 undecided\n`)
})

it('gives each package.json what its own files need', async () => {
  const folder = await folderWith({
    'package.json': '{ "private": true }',
    'package-lock.json': '{}',
    'apps/a/package.json': manifest,
    'apps/a/src/lambda.js': before,
    'apps/b/package.json': '{"devDependencies":{"serverless-http":"3"}}',
    'apps/b/lambda.js': before,
    'apps/c/package.json': manifest,
  })
  await migrate(folder, '--write')
  const text = async (name: string): Promise<string> =>
    (await readFile(join(folder, name, 'package.json'), 'utf8')).replace(
      /("koa-alb": ?)"\^[\d.]+"/,
      '$1"^…"',
    )
  expect(await text('apps/a')).toBe('{\n  "dependencies": {\n    "koa-alb": "^…"\n  }\n}\n')
  expect(await text('apps/b')).toBe('{"devDependencies":{"koa-alb":"^…"}}')
  expect(await text('apps/c')).toBe(manifest)
  expect(await text('.')).toBe('{ "private": true }')
})

it('says that the package.json of its files is above the folder', async () => {
  const folder = await folderWith({ 'src/lambda.js': before, 'package.json': manifest })
  const { code, stdout } = await migrate(join(folder, 'src'), '--write')
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^lambda\.js:1:1: \.\.\/package\.json is above the folder: it needs koa-alb \^\d/m,
  )
  expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe(manifest)
})

it('reads ten thousand files, and parses those alone that may load an adapter', async () => {
  const folder = await folderWith({ 'lambda.js': before })
  for (let group = 0; group < 100; group += 1) {
    const inner = join(folder, `group-${group}`)
    await mkdir(inner)
    const names = Array.from({ length: 100 }, (_, index) => join(inner, `${index}.js`))
    await Promise.all(names.map((name) => writeFile(name, 'this is no JavaScript at all')))
  }
  const { code, stdout } = await migrate(folder)
  expect(code).toBe(0)
  expect(stdout).toMatch(/\n1 file to change, with --write\n$/)
  expect(await readdir(folder)).toHaveLength(101)
})
