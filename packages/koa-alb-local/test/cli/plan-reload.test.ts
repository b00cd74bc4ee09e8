import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answering, type CommandLine, start } from '../shared/command-line.ts'
import {
  configuration,
  fixed,
  forwardTo,
  listener,
  numbered,
  replaceIn,
  rule,
  writeConfiguration,
} from '../shared/configuration-file.ts'
import { endpoint } from '../shared/endpoint.ts'
import { folderWith, writeIn } from '../shared/folder.ts'

const manifest = { 'package.json': '{ "type": "module" }' }
const text = async (url: string): Promise<string> => (await fetch(url)).text()
const status = async (url: string): Promise<number> => (await fetch(url)).status

async function project(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return folderWith({
    ...manifest,
    'lambda.js': numbered,
    'local.json': configuration(),
    ...files,
  })
}

function serve(folder: string, args: readonly string[] = []): CommandLine {
  return start(['--config', 'local.json', '--port', '0', '--watch', ...args], { folder })
}

/** Resolves with the URL of a listener by its name. */
async function urlOf(commandLine: CommandLine, name: string): Promise<string> {
  const line = await commandLine.line(new RegExp(`^Listening on .*\\(${name},`))
  return line.split(' ')[2] ?? ''
}

describe('a configuration file that changes is served without a restart:', () => {
  it('a new rule answers on the port that was open before', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    const url = await commandLine.url()
    await writeConfiguration(folder, { listenerRules: { Teapot: rule('/tea', fixed(418)) } })
    expect(await commandLine.line(/changed/)).toBe('local.json changed: rule Teapot added')
    expect(await status(`${url}/tea`)).toBe(418)
  })

  it('a function that stays as it was keeps its environments', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    const url = await commandLine.url()
    const before = await text(url)
    await writeConfiguration(folder, { listenerRules: { Teapot: rule('/tea', fixed(418)) } })
    await commandLine.line(/rule Teapot added/)
    expect(await text(url)).toBe(before)
  })

  it('a function that is another starts anew, and requests wait for it', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    const url = await commandLine.url()
    expect(await text(url)).toMatch(/undefined$/)
    const variables = { Environment: { Variables: { GREETING: 'hello' } } }
    await writeConfiguration(folder, { functions: { Orders: variables } })
    await commandLine.line(/^local\.json changed: function Orders started anew$/)
    expect(await text(url)).toMatch(/hello$/)
  })

  it('a new function is built and loaded, one that is gone is stopped', async () => {
    const folder = await project({ 'carts/lambda.js': answering('carts') })
    const commandLine = serve(folder)
    const url = await commandLine.url()
    await writeConfiguration(folder, { functions: { Carts: { Code: 'carts' } } })
    await commandLine.line(/function Carts added, function Orders removed/)
    expect(await text(url)).toBe('carts')
    await writeIn(folder, 'carts/lambda.js', answering('more carts'))
    await expect.poll(() => text(url)).toBe('more carts')
  })

  it('a new listener opens, one that is gone closes', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    await commandLine.line(/Watching/)
    await writeConfiguration(folder, { listeners: { Admin: listener(8080, fixed(204)) } })
    const url = await urlOf(commandLine, 'Admin')
    expect(await status(url)).toBe(204)
    await writeConfiguration(folder)
    await commandLine.line(/listener Admin removed/)
    await expect(fetch(url)).rejects.toThrow('fetch failed')
    expect(await status(await commandLine.url())).toBe(200)
  })

  it('what is under way on a listener that is gone is answered', async () => {
    const folder = await project({
      'slow/lambda.js': `import { existsSync, watch } from 'node:fs'
export const handler = () => new Promise((resolve) => {
  console.log('entered')
  watch('.', () => existsSync('released') && resolve({ statusCode: 200, headers: {}, body: 'slow' }))
})
`,
    })
    const functions = { Orders: {}, Slow: { Code: 'slow', Timeout: 60 } }
    const listeners = { Admin: listener(8080, forwardTo('Slow')) }
    await writeConfiguration(folder, { functions, listeners })
    const commandLine = serve(folder)
    const underWay = text(await urlOf(commandLine, 'Admin'))
    await commandLine.line(/entered/)
    await writeConfiguration(folder)
    await commandLine.line(/listener Admin removed.*function Slow removed/)
    await writeIn(folder, 'slow/released', '')
    expect(await underWay).toBe('slow')
  })

  it('a function that comes back before its last request is over has the code of now', async () => {
    const code = (body: string): string => `import { existsSync, watch } from 'node:fs'
export const handler = ({ path }) => new Promise((resolve) => {
  const answer = () => resolve({ statusCode: 200, headers: {}, body: '${body}' })
  if (path !== '/slow') return answer()
  console.log('entered')
  watch('.', () => existsSync('released') && answer())
})
`
    const folder = await project({ 'slow/lambda.js': code('before') })
    const functions = { Orders: {}, Slow: { Code: 'slow', Timeout: 60 } }
    const parts = { functions, listenerRules: { Slow: rule('/slow*', forwardTo('Slow')) } }
    await writeConfiguration(folder, parts)
    const commandLine = serve(folder)
    const url = await commandLine.url()
    const underWay = text(`${url}/slow`)
    await commandLine.line(/entered/)
    await writeConfiguration(folder)
    await commandLine.line(/function Slow removed/)
    await writeIn(folder, 'slow/lambda.js', code('now'))
    await writeConfiguration(folder, parts)
    await commandLine.line(/function Slow added/)
    await expect.poll(() => text(`${url}/slowly`), { timeout: 10_000 }).toBe('now')
    await writeIn(folder, 'slow/released', '')
    expect(await underWay).toBe('before')
  })

  it('a function that runs elsewhere is called by its new name', async () => {
    const document = JSON.stringify({ statusCode: 200, headers: {}, body: 'elsewhere' })
    const asked: string[] = []
    const invoke = await endpoint(({ url = '' }, response) => {
      asked.push(url.replace(/^.*functions\/(.*)\/invocations$/, '$1'))
      response.end(document)
    })
    const called = (FunctionName: string): Parameters<typeof writeConfiguration>[1] => {
      return { functions: { Orders: { FunctionName } }, others: { invoke: { Orders: invoke } } }
    }
    const folder = await project()
    await writeConfiguration(folder, called('before'))
    const commandLine = serve(folder)
    const url = await commandLine.url()
    expect(await text(url)).toBe('elsewhere')
    await writeConfiguration(folder, called('after'))
    await commandLine.line(/local\.json changed/)
    expect(await text(url)).toBe('elsewhere')
    expect(asked).toEqual(['before', 'after'])
  })

  it('no request is lost in ten changes of the function and the rules', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    const url = await commandLine.url()
    const statuses = new Set<number>()
    let isOver = false
    const client = (async () => {
      while (!isOver) statuses.add(await status(url))
    })()
    for (let number = 1; number <= 10; number += 1) {
      const variables = { Environment: { Variables: { GREETING: `hello ${number}` } } }
      const listenerRules = number % 2 ? { Teapot: rule('/tea', fixed(418)) } : {}
      await writeConfiguration(folder, { functions: { Orders: variables }, listenerRules })
      await expect.poll(() => text(url)).toMatch(new RegExp(`hello ${number}$`))
    }
    isOver = true
    await client
    expect([...statuses]).toEqual([200])
  })

  it('a listener keeps its port under another name, too', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    const url = await commandLine.url()
    const renamed = configuration().replace('"Web"', '"Public"')
    await writeIn(folder, 'local.json', renamed)
    await commandLine.line(/listener Public added, listener Web removed/)
    expect(await status(url)).toBe(200)
  })

  it('what cannot be served is said once, and the last good version goes on', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    const url = await commandLine.url()
    const before = await text(url)
    await replaceIn(folder, 'local.json', '{')
    await commandLine.line(/^local\.json is no JSON/)
    await replaceIn(folder, 'local.json', configuration().replace('"Port":80', '"Port":0'))
    await commandLine.line(/^local\.json: listeners\.Web\.Port /)
    expect(await text(url)).toBe(before)
    await writeConfiguration(folder, { listenerRules: { Teapot: rule('/tea', fixed(418)) } })
    await commandLine.line(/rule Teapot added/)
    expect(await status(`${url}/tea`)).toBe(418)
    expect(commandLine.output().match(/is no JSON/g)).toHaveLength(1)
  })

  it('a change that changes nothing is not spoken of', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    await commandLine.line(/Watching/)
    await replaceIn(folder, 'local.json', `${configuration()}\n`)
    await writeConfiguration(folder, { listenerRules: { Teapot: rule('/tea', fixed(418)) } })
    await commandLine.line(/rule Teapot added/)
    expect(commandLine.output().match(/local\.json/g)).toHaveLength(1)
  })

  it('an editor that saves by renaming is noticed', async () => {
    const folder = await project()
    const commandLine = serve(folder)
    await commandLine.line(/Watching/)
    const listenerRules = { Teapot: rule('/tea', fixed(418)) }
    await writeIn(folder, 'local.json~', configuration({ listenerRules }))
    await rename(join(folder, 'local.json~'), join(folder, 'local.json'))
    expect(await commandLine.line(/changed/)).toBe('local.json changed: rule Teapot added')
  })

  it('a folder that took the place of the first is noticed, and its later changes', async () => {
    const parts = (code: number) => ({
      functions: {},
      listeners: { Web: listener(80, fixed(code)) },
    })
    const folder = await folderWith({ 'app/local.json': configuration(parts(200)) })
    const commandLine = start(['--config', 'app/local.json', '--port', '0', '--watch'], { folder })
    const url = await commandLine.url()
    for (const code of [201, 202]) {
      await rm(join(folder, 'app'), { recursive: true })
      await mkdir(join(folder, 'app'))
      await writeIn(folder, 'app/local.json', configuration(parts(code)))
      await expect.poll(() => status(url)).toBe(code)
    }
  })
})

describe('variables that change reach the function:', () => {
  it('one that is gone is gone, also where functions run in this process', async () => {
    const folder = await project({ '.env': 'GREETING=hello' })
    const args = ['lambda.js', '--env-file', '.env', '--runtime', 'in-process']
    const commandLine = start([...args, '--port', '0', '--watch'], { folder })
    const url = await commandLine.url()
    expect(await text(url)).toMatch(/hello$/)
    await writeIn(folder, '.env', 'OTHER=1')
    await commandLine.line(/^\.env changed/)
    expect(await text(url)).toMatch(/undefined$/)
  })

  it.each([
    ['of --env-file', ['lambda.js', '--env-file', '.env']],
    ['of envFiles', ['--config', 'local.json']],
    ['of --fn-env-file', ['--config', 'local.json', '--fn-env-file', 'Orders=.env']],
  ])('%s', async (_where, args) => {
    const others = { envFiles: ['.env'] }
    const folder = await project({
      '.env': 'GREETING=hello',
      'local.json': configuration({ others }),
    })
    const commandLine = start([...args, '--port', '0', '--watch'], { folder })
    const url = await commandLine.url()
    expect(await text(url)).toMatch(/hello$/)
    await writeIn(folder, '.env', 'GREETING=bye')
    await commandLine.line(/^\.env changed: function \S+ started anew$/)
    expect(await text(url)).toMatch(/bye$/)
  })
})
