import { expect, it } from 'vitest'
import { answering, start } from '../../shared/command-line.ts'
import { folderWith, writeIn } from '../../shared/folder.ts'
import { isRunning } from '../../shared/processes.ts'

const manifest = { 'package.json': '{ "type": "module" }' }

// Slow enough that each change finds requests under way.
function version(number: number): string {
  return `import { setTimeout } from 'node:timers/promises'
export const handler = async () => {
  await setTimeout(20)
  return { statusCode: 200, headers: {}, body: 'version ${number}' }
}
`
}

it.each([
  ['lambda.mjs', 'bootstrap'],
  ['lambda.ts', 'in-process'],
])(
  'replaces %s (%s) 100 times without a lost request',
  { timeout: 240_000 },
  async (file, runtime) => {
    const folder = await folderWith({ ...manifest, [file]: version(0) })
    const args = [file, '--port', '0', '--watch', '--runtime', runtime]
    const url = await start(args, { folder }).url()
    const answers = new Set<string>()
    const ask = async (): Promise<string> => {
      const response = await fetch(url)
      const answer = `${response.status} ${await response.text()}`
      answers.add(answer)
      return answer
    }
    let isOver = false
    const client = (async () => {
      while (!isOver) await ask()
    })()
    for (let number = 1; number <= 100; number += 1) {
      await writeIn(folder, file, version(number))
      while ((await ask()) !== `200 version ${number}`);
    }
    isOver = true
    await client
    expect([...answers].filter((answer) => !/^200 version \d+$/.test(answer))).toEqual([])
  },
)

it('finishes requests under way on the old function, and has others wait for the new one', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.mjs': `import { watch, existsSync } from 'node:fs'
export const handler = () => new Promise((resolve) => {
  console.log('entered')
  const watcher = watch('.', () => {
    if (!existsSync('released')) return
    watcher.close()
    resolve({ statusCode: 200, headers: {}, body: 'old' })
  })
})
`,
  })
  const commandLine = start(['lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  const underWay = fetch(url)
  await commandLine.line(/entered/)
  await writeIn(folder, 'lambda.mjs', answering('new'))
  await commandLine.line(/reloaded lambda\.mjs/)
  expect(await (await fetch(url)).text()).toBe('new')
  await writeIn(folder, 'released', '')
  expect(await (await underWay).text()).toBe('old')
})

it('keeps the last good function when a build is broken, and shows why', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.ts': answering('good') })
  const commandLine = start(['lambda.ts', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await writeIn(folder, 'lambda.ts', 'export const handler = <broken')
  await commandLine.line(/lambda\.ts:1:/)
  const page = await fetch(url, { headers: { accept: 'text/html,*/*' } })
  expect(page.status).toBe(500)
  expect(await page.text()).toContain('export const handler = &lt;broken')
  expect(await (await fetch(url)).text()).toBe('good')
  await writeIn(folder, 'lambda.ts', answering('mended'))
  await commandLine.line(/reloaded lambda\.ts/)
  const mended = await fetch(url, { headers: { accept: 'text/html,*/*' } })
  expect(await mended.text()).toBe('mended')
})

it('says once why a function does not load, whatever else changes in its folder', async () => {
  const lambda = "import './state.mjs'\n"
  const folder = await folderWith({ ...manifest, 'lambda.mjs': lambda })
  const command = start(['lambda.mjs', '--port', '0', '--watch'], { folder })
  const page = async (): Promise<string> =>
    (await fetch(await command.url(), { headers: { accept: 'text/html' } })).text()
  await command.line(/Could not resolve "\.\/state\.mjs"/)
  for (const name of ['1.log', '2.log', '3.log']) {
    await writeIn(folder, name, '')
    expect(await page()).toContain('Could not resolve')
  }
  await writeIn(folder, 'state.mjs', "throw new Error('no table')")
  await command.line(/no table/)
  expect(command.output().match(/Could not resolve/g)).toHaveLength(1)
})

it('keeps the last good function when the new one does not start', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.mjs': answering('good') })
  const commandLine = start(['lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await writeIn(folder, 'lambda.mjs', "throw new Error('no database')")
  await commandLine.line(/did not start: Error: no database/)
  expect(await (await fetch(url)).text()).toBe('good')
})

const hung = 'await new Promise(() => setInterval(() => {}, 1000))\n'

it('ends a start that hangs when it is no longer wanted', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.mjs': answering('good') })
  const commandLine = start(['lambda.mjs', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await writeIn(folder, 'lambda.mjs', `console.log('starting', process.pid)\n${hung}`)
  const pid = Number((await commandLine.line(/starting/)).split(' ').at(-1))
  await writeIn(folder, 'lambda.mjs', answering('mended'))
  await commandLine.line(/reloaded lambda\.mjs/)
  expect(await (await fetch(url)).text()).toBe('mended')
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false)
  expect(commandLine.output()).not.toContain('INIT_REPORT')
})

it.each(['bootstrap', 'in-process'])(
  'answers with the last good version while a change hangs at start: %s',
  async (runtime) => {
    const folder = await folderWith({ ...manifest, 'lambda.mjs': answering('good') })
    const args = ['lambda.mjs', '--port', '0', '--watch', '--runtime', runtime]
    const commandLine = start(args, { folder })
    const url = await commandLine.url()
    await writeIn(folder, 'lambda.mjs', `console.log('starting')\n${hung}`)
    await commandLine.line(/starting/)
    expect(await (await fetch(url)).text()).toBe('good')
    expect(commandLine.output()).toContain(
      'koa-alb-local: the change has not started within 3 s; the last good version answers meanwhile',
    )
    await writeIn(folder, 'lambda.mjs', answering('mended'))
    await commandLine.line(/reloaded lambda\.mjs/)
    expect(await (await fetch(url)).text()).toBe('mended')
  },
)

it('says that a function takes long to start, also the first time', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.mjs': hung })
  const commandLine = start(['lambda.mjs', '--port', '0', '--watch'], { folder })
  expect(await commandLine.line(/has not started/)).toBe(
    'koa-alb-local: the function has not started within 3 s',
  )
  await writeIn(folder, 'lambda.mjs', answering('mended'))
  expect(await (await fetch(await commandLine.url())).text()).toBe('mended')
})

it('notices a change in an imported module', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.ts': "export { handler } from './part.ts'",
    'part.ts': answering('before'),
  })
  const commandLine = start(['lambda.ts', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  await writeIn(folder, 'part.ts', answering('after'))
  await commandLine.line(/reloaded lambda\.ts/)
  expect(await (await fetch(url)).text()).toBe('after')
})

it('starts with a broken function, and serves it once the missing file is there', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.ts': "export { handler } from './part.ts'",
  })
  const commandLine = start(['lambda.ts', '--port', '0', '--watch'], { folder })
  const url = await commandLine.url()
  expect((await fetch(url)).status).toBe(502)
  await writeIn(folder, 'part.ts', answering('found'))
  await commandLine.line(/loaded lambda\.ts/)
  expect(await (await fetch(url)).text()).toBe('found')
})
