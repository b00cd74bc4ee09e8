import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { output, pack } from './project.ts'

const yarn = ['-y', '-p', '@yarnpkg/cli-dist@4.18.1', 'yarn']

let folder: string
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'koa-alb-pnp-')))
  const tarballs = await pack(folder)
  const packed = tarballs.filter(({ name }) => name !== 'koa-alb-cdk')
  const files = packed.map(({ name, filename }) => [name, `file:${filename}`])
  const dependencies = {
    koa: '3',
    esbuild: '0.28.2',
    '@acme/lib': 'workspace:*',
    '@acme/unbuilt': 'workspace:*',
    ...Object.fromEntries(files),
  }
  const manifest = { private: true, type: 'module', workspaces: ['packages/*'], dependencies }
  await writeWorkspace()
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(folder, '.yarnrc.yml'), 'nodeLinker: pnp\nenableTelemetry: false\n')
  await writeFile(join(folder, 'yarn.lock'), '')
  await output(folder, 'npx', [...yarn, 'install', '--no-immutable'])
})
afterAll(() => rm(folder, { recursive: true }))

it.each([
  ['a handler in TypeScript', 'handler.ts', 'export const handler = albHandler(app)'],
  ['an app', 'app.ts', 'void albHandler\nexport default app'],
])("the packed command line serves %s under Yarn's Plug'n'Play", async (_what, file, end) => {
  const app = "const app = new Koa()\napp.use((ctx) => { ctx.body = 'plugged' })"
  const imports = "import Koa from 'koa'\nimport { albHandler } from 'koa-alb'"
  await writeFile(join(folder, file), `${imports}\n${app}\n${end}\n`)
  const url = await served(file)
  expect(await (await fetch(url)).text()).toBe('plugged')
})

it("bundles a package of the workspace, which has packages of its own, under Yarn's Plug'n'Play", async () => {
  await writeFile(
    join(folder, 'workspace.ts'),
    `import { text } from '@acme/lib'
export const handler = async () => ({ statusCode: 200, headers: {}, body: text })`,
  )
  const url = await served('workspace.ts')
  expect(await (await fetch(url)).text()).toBe('text/html of lib')
})

it("names what is not built in a package of the workspace under Yarn's Plug'n'Play", async () => {
  await writeFile(join(folder, 'unbuilt.ts'), "export * from '@acme/unbuilt'")
  await expect(served('unbuilt.ts')).rejects.toThrow(
    '"@acme/unbuilt" is a package of this workspace, in packages/unbuilt, whose package.json leads to ./dist/index.js, which does not exist: build it',
  )
})

async function writeWorkspace(): Promise<void> {
  const files = {
    'lib/package.json': JSON.stringify({
      name: '@acme/lib',
      type: 'module',
      exports: './index.ts',
      dependencies: { 'mime-types': '3' },
    }),
    'lib/index.ts': `import { lookup } from 'mime-types'
export const text: string = lookup('a.html') + ' of lib'`,
    'unbuilt/package.json': '{ "name": "@acme/unbuilt", "exports": "./dist/index.js" }',
  }
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, 'packages', name)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

/** Where the command line listens; rejects with all it printed when it ends. */
async function served(file: string): Promise<string> {
  const args = ['--require', './.pnp.cjs', '--experimental-loader', './.pnp.loader.mjs', 'run.mjs']
  await writeFile(join(folder, 'run.mjs'), runner)
  const child = spawn(process.execPath, [...args, file, '--port', '0'], { cwd: folder })
  onTestFinished(() => void child.kill())
  let printed = ''
  child.stderr.on('data', (chunk) => {
    printed += chunk
  })
  for await (const line of createInterface(child.stdout)) {
    printed += `${line}\n`
    const url = /Listening on (\S+)/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error(printed)
}

// What `yarn koa-alb-local` runs, without the process of Yarn before it, which hands on no signal.
const runner = `import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
const require = createRequire(import.meta.url)
const manifest = require.resolve('koa-alb-local/package.json')
const { bin } = require(manifest)
await import(pathToFileURL(join(dirname(manifest), Object.values(bin)[0])).href)
`
