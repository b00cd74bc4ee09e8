import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { answering, start } from '../../shared/command-line.ts'
import { folderWith } from '../../shared/folder.ts'

const adapter = fileURLToPath(new URL('../../../../koa-alb', import.meta.url))
const manifest = { 'package.json': '{ "type": "module" }' }
const listener = "(req, res) => res.setHeader('content-type', 'text/plain').end('hello')"
const koa = `{ callback: () => ${listener} }`
const fromEvent = answering('hello').replace('export const handler =', '')

/** A project that has the adapter installed. */
async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await folderWith({ ...manifest, ...files })
  await mkdir(join(folder, 'node_modules'))
  await symlink(adapter, join(folder, 'node_modules/koa-alb'))
  return folder
}

async function served(args: readonly string[], files: Readonly<Record<string, string>>) {
  const commandLine = start([...args, '--port', '0', '--no-watch'], {
    folder: await project(files),
  })
  const response = await fetch(await commandLine.url())
  return { text: await response.text(), output: commandLine.output() }
}

describe.each(['bootstrap', 'in-process'])('with the runtime %s', (runtime) => {
  const usual = [
    [
      'an app as default',
      'app.js',
      `export default ${koa}`,
      'the default export of app.js is an app',
    ],
    ['an app as app', 'app.js', `export const app = ${koa}`, 'the export app of app.js is an app'],
    [
      'a listener as default',
      'app.js',
      `export default ${listener}`,
      'the default export of app.js is an app',
    ],
    [
      'a promise of an app',
      'app.js',
      `export default Promise.resolve(${koa})`,
      'the default export of app.js is an app',
    ],
    [
      'an app of CommonJS',
      'app.cjs',
      `module.exports = ${koa}`,
      'the default export of app.cjs is an app',
    ],
    [
      'an app in TypeScript',
      'app.ts',
      `export default ${koa} as unknown`,
      'the default export of app.ts is an app',
    ],
    [
      'a handler as default',
      'app.js',
      `export default ${fromEvent}`,
      'the default export of app.js is taken for the handler',
    ],
  ] as const
  it.each(usual)('serves %s, and says so', async (_, file, source, said) => {
    const { text, output } = await served([file, '--runtime', runtime], { [file]: source })
    expect(text).toBe('hello')
    expect(output).toContain(`koa-alb-local: ${said}`)
  })

  it.each([
    ['a name', ['lambda.js', '--handler', 'other']],
    ['file and export', ['lambda.other']],
    ['file and export as an option', ['--handler', 'lambda.other']],
  ])('serves the handler that is given as %s', async (_, args) => {
    const source = answering('hello').replace('handler', 'other')
    const { text } = await served([...args, '--runtime', runtime], { 'lambda.js': source })
    expect(text).toBe('hello')
  })

  it('prefers the export handler, and says nothing', async () => {
    const source = `${answering('handler')}\nexport default ${koa}`
    const { text, output } = await served(['app.js', '--runtime', runtime], { 'app.js': source })
    expect(text).toBe('handler')
    expect(output).not.toContain('default export')
  })

  it.each([
    [
      'koa-alb where it is not installed',
      `export default ${koa}`,
      /koa-alb makes a handler: npm install koa-alb$/m,
    ],
    [
      'what there is',
      'export const x = 1',
      /app\.js has no export handler, and no app as default or app; it exports x\. Name one: --handler <export>$/m,
    ],
  ])('names %s', async (_, source, message) => {
    const folder = await folderWith({ ...manifest, 'app.js': source })
    const commandLine = start(['app.js', '--port', '0', '--runtime', runtime], { folder })
    expect(await commandLine.ended).toBe(1)
    expect(commandLine.output()).toMatch(message)
    expect(commandLine.output()).not.toContain('    at ')
  })
})

it('shows what a promise of the app rejected with, once', async () => {
  const source = `import { albHandler } from 'koa-alb'
export const handler = albHandler(Promise.reject(new Error('db down')))`
  const folder = await project({ 'lambda.js': source })
  const commandLine = start(['lambda.js', '--port', '0'], { folder })
  await fetch(await commandLine.url())
  await commandLine.line(/could not be created: db down$/)
  await commandLine.line(/ALB_ERR_APP_UNAVAILABLE: docs\/errors\.md#alb_err_app_unavailable/)
  await commandLine.line(/\[cause\]: Error: db down/)
  expect(commandLine.output()).not.toContain('Invoke Error')
})

it('writes no error to the log of the cloud on the way to an app', async () => {
  const args = ['app.mjs', '--log-format', 'lambda']
  const { text, output } = await served(args, { 'app.mjs': `export default ${listener}` })
  expect(text).toBe('hello')
  expect(output).not.toContain('ERROR')
})
