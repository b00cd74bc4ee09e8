import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { start } from '../../shared/command-line.ts'
import { writeIn } from '../../shared/folder.ts'
import { answeringWith, workspaceWith } from '../../shared/workspace.ts'

const fromLib = { 'packages/app/lambda.ts': answeringWith('{ text }', '@acme/lib') }
const lib = (manifest: object): string => JSON.stringify({ name: '@acme/lib', ...manifest })

type Files = Readonly<Record<string, string>>

async function answerOf(
  files: Files,
  links?: Files,
  args: readonly string[] = ['packages/app/lambda.ts'],
): Promise<string> {
  const folder = await workspaceWith(files, links)
  const commandLine = start([...args, '--port', '0', '--no-watch'], { folder })
  return (await fetch(await commandLine.url())).text()
}

it.each([
  ['"main" in TypeScript', { main: 'src/index.ts' }],
  ['exports', { exports: './src/index.ts' }],
  ['the condition import', { exports: { require: './no.cjs', import: './src/index.ts' } }],
  ['the condition node', { exports: { browser: './no.js', node: './src/index.ts' } }],
  ['what is not for bundlers', { exports: { module: './no.js', default: './src/index.ts' } }],
  ['what is no type', { exports: { types: './no.d.ts', default: './src/index.ts' } }],
  [
    'the condition development',
    { exports: { development: './src/index.ts', default: './dist/index.js' } },
  ],
])('bundles a package of the workspace through %s', async (_, manifest) => {
  const files = {
    ...fromLib,
    'packages/lib/package.json': lib({ type: 'module', ...manifest }),
    'packages/lib/src/index.ts':
      "import { text as part } from './part.js'\nexport const text: string = part",
    'packages/lib/src/part.ts': "export const text = 'source' as string",
  }
  expect(await answerOf(files)).toBe('source')
})

it.each([
  [
    'tsconfig.json',
    {
      'packages/app/tsconfig.json':
        '{ "compilerOptions": { "customConditions": ["@acme/source"] } }',
    },
    [],
  ],
  ['NODE_OPTIONS', {}, ['--env', 'NODE_OPTIONS=--conditions=@acme/source']],
])('takes the conditions that %s adds', async (_, files, args) => {
  const all = {
    ...fromLib,
    ...files,
    'packages/lib/package.json': lib({
      exports: { '@acme/source': './index.ts', default: './no.js' },
    }),
    'packages/lib/index.ts': "export const text = 'source' as string",
  }
  expect(await answerOf(all, undefined, ['packages/app/lambda.ts', ...args])).toBe('source')
})

it('bundles subpaths of exports, also those with a pattern', async () => {
  const files = {
    'packages/app/lambda.ts': `import { one } from '@acme/lib/one'
import two from '@acme/lib/parts/two'
import data from '@acme/lib/data.json'
const text = [one, two, data.three]
export const handler = async () => ({ statusCode: 200, headers: {}, body: text.join() })`,
    'packages/lib/package.json': lib({
      exports: { './one': './src/one.ts', './parts/*': './src/*.ts', './data.json': './data.json' },
    }),
    'packages/lib/src/one.ts': "export const one = '1' as string",
    'packages/lib/src/two.ts': "export default '2' as string",
    'packages/lib/data.json': '{ "three": 3 }',
  }
  expect(await answerOf(files)).toBe('1,2,3')
})

it('bundles a CommonJS package, whose require finds packages and modules of Node', async () => {
  const files = {
    'packages/app/lambda.ts': answeringWith('text', '@acme/lib'),
    'packages/lib/package.json': lib({ main: 'index.js' }),
    'packages/lib/index.js':
      "module.exports = [require('outside'), require('node:path').sep, __filename.slice(-8)].join()",
    'node_modules/outside/index.js': "module.exports = 'outside'",
  }
  expect(await answerOf(files)).toBe('outside,/,index.js')
})

it('takes what the packages of a CommonJS function have for require', async () => {
  const files = {
    ...fromLib,
    'packages/app/package.json': '{ "name": "app", "type": "commonjs" }',
    'packages/lib/package.json': lib({ exports: { import: './no.js', require: './index.cts' } }),
    'packages/lib/index.cts': "export const text = 'required' as string",
  }
  expect(await answerOf(files)).toBe('required')
})

it.each([
  ['ES modules', '{ "type": "module" }', "export { default as text } from 'outside'"],
  ['CommonJS', '{}', "exports.text = require('outside')"],
])('finds what a package needs from the folder of the package: %s', async (_, manifest, source) => {
  const files = {
    ...fromLib,
    'packages/lib/package.json': manifest,
    'packages/lib/index.js': source,
    'packages/lib/node_modules/outside/index.js': "module.exports = 'of lib'",
    'packages/app/node_modules/outside/index.js': "module.exports = 'of app'",
  }
  expect(await answerOf(files)).toBe('of lib')
})

it('follows the links of pnpm, and leaves what is in its store to Node', async () => {
  const store = 'node_modules/.pnpm/outside@1.0.0/node_modules/outside'
  const files = {
    ...fromLib,
    'packages/lib/package.json': lib({ type: 'module', main: 'index.ts' }),
    'packages/lib/index.ts':
      "import one, { where } from 'outside'\nexport const text: string = one + where.split('/node_modules/')[1]",
    [`${store}/package.json`]:
      '{ "exports": { "development": "./no.js", "default": "./index.mjs" } }',
    [`${store}/index.mjs`]: "export default 'stored'\nexport const where = import.meta.url",
  }
  const links = {
    'packages/app/node_modules/@acme/lib': 'packages/lib',
    'packages/lib/node_modules/outside': store,
  }
  expect(await answerOf(files, links)).toBe('stored.pnpm/outside@1.0.0')
})

it('serves JavaScript that imports a package in TypeScript, without --watch as well', async () => {
  const files = {
    'packages/app/lambda.js': answeringWith('{ text }', '@acme/lib'),
    'packages/lib/package.json': lib({ main: 'index.ts' }),
    'packages/lib/index.ts': "enum Word { Text = 'typed' }\nexport const text: string = Word.Text",
  }
  expect(await answerOf(files, undefined, ['packages/app/lambda.js'])).toBe('typed')
})

it('follows the paths of tsconfig.json to files of the project and to packages', async () => {
  const files = {
    'packages/app/lambda.ts': `import { text } from '~/part'
import outside from 'renamed'
export const handler = async () => ({ statusCode: 200, headers: {}, body: text + outside })`,
    'packages/app/tsconfig.json': JSON.stringify({
      compilerOptions: {
        paths: { '~/*': ['./src/*'], renamed: ['../../node_modules/outside/index.js'] },
      },
    }),
    'packages/app/src/part.ts': "export const text = 'part ' as string",
    'node_modules/outside/index.js': "module.exports = 'outside'",
  }
  expect(await answerOf(files, {})).toBe('part outside')
})

it('bundles what belongs to no package, beside data in URLs and a line for a shell', async () => {
  const files = {
    'packages/app/lambda.ts': `#!/usr/bin/env node
import one from 'data:text/javascript,export default 1'
import two from '~/two.cjs'
export const handler = async () => ({ statusCode: 200, headers: {}, body: one + two })`,
    'packages/app/tsconfig.json':
      '{ "compilerOptions": { "paths": { "~/*": ["../../shared/*"] } } }',
    'shared/two.cjs': "module.exports = require('node:path').sep",
  }
  const folder = await workspaceWith(files, {})
  await rm(join(folder, 'package.json'))
  const commandLine = start(['packages/app/lambda.ts', '--port', '0', '--watch'], { folder })
  expect(await (await fetch(await commandLine.url())).text()).toBe('1/')
  await writeIn(folder, 'shared/two.cjs', "module.exports = 'changed'")
  await commandLine.line(/reloaded/)
})

it.each([
  ['lambda.ts', 'exports', { exports: './dist/index.js', scripts: { build: 'tsc' } }],
  ['lambda.js', '"main"', { main: './dist/index.js', scripts: { build: 'tsc' } }],
])('says what to do where %s needs a package that is not built (%s)', async (file, _, manifest) => {
  const folder = await workspaceWith({
    [`packages/app/${file}`]: answeringWith('{ text }', '@acme/lib'),
    'packages/lib/package.json': lib(manifest),
    'packages/lib/src/index.ts': "export const text = 'source' as string",
  })
  const commandLine = start([`packages/app/${file}`, '--port', '0', '--no-watch'], { folder })
  expect(await commandLine.ended).toBe(1)
  expect(commandLine.output()).toContain(
    '"@acme/lib" is a package of this workspace, in packages/lib, whose package.json leads to ./dist/index.js, which does not exist: build it (npm run build in packages/lib), or give its exports the condition "development": "./src/index.ts"',
  )
})

it('reloads the function when a package changes, and when a file of it comes, goes or is mended', async () => {
  const part = (text: string): string => `export const text: string = '${text}'`
  const folder = await workspaceWith({
    ...fromLib,
    'packages/lib/package.json': lib({ main: 'src/index.ts' }),
    'packages/lib/src/index.ts': "export { text } from './part.ts'",
  })
  const commandLine = start(['packages/app/lambda.ts', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  const answer = async (): Promise<string> => (await fetch(url)).text()
  await commandLine.line(/Could not resolve "\.\/part\.ts"/)
  await writeIn(folder, 'packages/lib/src/part.ts', part('first'))
  await expect.poll(answer, { timeout: 10_000 }).toBe('first')
  await writeIn(folder, 'packages/lib/src/part.ts', part('second'))
  await expect.poll(answer, { timeout: 10_000 }).toBe('second')
  await writeIn(folder, 'packages/lib/other.ts', part('third'))
  await writeIn(folder, 'packages/lib/package.json', lib({ main: 'other.ts' }))
  await expect.poll(answer, { timeout: 10_000 }).toBe('third')
})
