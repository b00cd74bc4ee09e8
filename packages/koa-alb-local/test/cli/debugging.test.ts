import { once } from 'node:events'
import { mkdir, symlink } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { answering, type CommandLine, start } from '../shared/command-line.ts'
import { attach, type Debugger, MappedScript } from '../shared/debugger.ts'
import { folderWith, writeIn } from '../shared/folder.ts'
import { isRunning } from '../shared/processes.ts'

const adapter = fileURLToPath(new URL('../../../koa-alb', import.meta.url))
const manifest = { 'package.json': '{ "type": "module" }' }

// Timers before and after: a deadline has begun then, and would come first when it had passed.
const route = (greeting: string): string => `import { setTimeout } from 'node:timers/promises'
import Koa from 'koa'
interface Greeting { text: string }

const app = new Koa()
app.use(async (ctx) => {
  await setTimeout(1)
  const name: string = String(ctx.query.name)
  const greeting: Greeting = { text: '${greeting} ' + name }
  await setTimeout(1)
  ctx.body = greeting.text
})
export default app
`

/** A project in TypeScript with a route in another file than the handler. */
async function project(): Promise<string> {
  const folder = await folderWith({
    ...manifest,
    'src/app.ts': route('hello'),
    'src/lambda.ts': `import { albHandler } from 'koa-alb'
import app from './app.ts'
export const handler = albHandler(app)
`,
    'hung.mjs':
      'export const handler = () => new Promise((resolve) => setTimeout(resolve, 60_000))',
  })
  await mkdir(join(folder, 'node_modules'))
  await symlink(adapter, join(folder, 'node_modules/koa-alb'))
  await symlink(join(adapter, 'node_modules/koa'), join(folder, 'node_modules/koa'))
  return folder
}

const forwardTo = (group: string) => [{ Type: 'forward', TargetGroupArn: group }]

async function debugPortOf(commandLine: CommandLine): Promise<number> {
  const line = await commandLine.line(/^Debugger on/)
  return Number(/:(\d+) /.exec(line)?.[1])
}

async function answerOf(request: Promise<Response>): Promise<string> {
  const response = await request
  return `${response.status} ${await response.text()}`
}

/** Has the route of `project` stop where it has read its parameter. */
async function stopInRoute(client: Debugger, folder: string): Promise<MappedScript> {
  const script = await MappedScript.of(client)
  const at = script.generated({ file: join(folder, 'src/app.ts'), line: 9 })
  await client.send('Debugger.setBreakpointByUrl', { url: script.url, ...at })
  return script
}

const debugged = ['src/lambda.ts', '--port', '0', '--debug-port', '0', '--timeout', '1']

it('stops in a route in TypeScript, for longer than the timeout, steps and goes on', async () => {
  const folder = await project()
  const commandLine = start(debugged, { folder })
  const hung = start(['hung.mjs', '--port', '0', '--timeout', '1'], { folder })
  const url = await commandLine.url()
  const client = await attach(await debugPortOf(commandLine))
  const script = await stopInRoute(client, folder)
  const held = answerOf(fetch(`${url}/?name=Ada`))
  const [frame] = (await client.event('Debugger.paused')).callFrames
  expect(script.source(frame.location)).toEqual({ file: join(folder, 'src/app.ts'), line: 9 })
  const asked = { callFrameId: frame.callFrameId, expression: 'name' }
  const { result } = await client.send('Debugger.evaluateOnCallFrame', asked)
  expect(result.value).toBe('Ada')
  // When one of the same timeout is over, it has been held for longer.
  expect((await fetch(await hung.url())).status).toBe(502)
  await client.send('Debugger.stepOver')
  const [next] = (await client.event('Debugger.paused')).callFrames
  expect(script.source(next.location)).toEqual({ file: join(folder, 'src/app.ts'), line: 10 })
  await client.send('Debugger.resume')
  expect(await held).toBe('200 hello Ada')
  expect(commandLine.output()).not.toMatch(/timed out|DEADLINE|Debugger listening|For help/)
})

it('leads to the sources of a function that is given through a link', async () => {
  const text = answering('hello')
  const folder = await folderWith({ 'deep/real/package.json': '{}', 'deep/real/lambda.ts': text })
  await symlink(join(folder, 'deep/real'), join(folder, 'link'))
  const args = [join(folder, 'link/lambda.ts'), '--port', '0', '--debug-port', '0']
  const commandLine = start(args)
  await commandLine.url()
  const client = await attach(await debugPortOf(commandLine))
  const script = await MappedScript.of(client)
  expect(script.files).toEqual([join(folder, 'deep/real/lambda.ts')])
})

it('has further requests wait while one is held', async () => {
  const folder = await project()
  const commandLine = start(debugged, { folder })
  const url = await commandLine.url()
  const client = await attach(await debugPortOf(commandLine))
  await stopInRoute(client, folder)
  const first = answerOf(fetch(`${url}/?name=Ada`))
  await client.event('Debugger.paused')
  const others = ['Grace', 'Mary'].map((name) => answerOf(fetch(`${url}/?name=${name}`)))
  await client.send('Debugger.setBreakpointsActive', { active: false })
  await client.send('Debugger.resume')
  expect(await Promise.all([first, ...others])).toEqual([
    '200 hello Ada',
    '200 hello Grace',
    '200 hello Mary',
  ])
})

it('keeps its port when the function is replaced, also while the old one is held', async () => {
  const folder = await project()
  const commandLine = start([...debugged, '--watch'], { folder })
  const url = await commandLine.url()
  const port = await debugPortOf(commandLine)
  const old = await attach(port)
  await stopInRoute(old, folder)
  const held = answerOf(fetch(`${url}/?name=Ada`))
  await old.event('Debugger.paused')
  await writeIn(folder, 'src/app.ts', route('bye'))
  await commandLine.line(/reloaded/)
  const fresh = await attach(port)
  await stopInRoute(fresh, folder)
  const next = answerOf(fetch(`${url}/?name=Ada`))
  await fresh.event('Debugger.paused')
  await old.send('Debugger.resume')
  expect(await held).toBe('200 hello Ada')
  await old.closed
  await fresh.send('Debugger.resume')
  expect(await next).toBe('200 bye Ada')
})

it('does not let a process that crashed wait for its debugger', async () => {
  const folder = await folderWith({
    ...manifest,
    'lambda.mjs': 'export const handler = () => process.exit(1)',
  })
  const commandLine = start(['lambda.mjs', '--port', '0', '--debug-port', '0'], { folder })
  const url = await commandLine.url()
  const client = await attach(await debugPortOf(commandLine))
  await client.send('Debugger.enable')
  expect((await fetch(url)).status).toBe(502)
  await client.closed
  expect(commandLine.output()).not.toContain('Waiting for the debugger')
})

it('takes the next free port, and says so', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.mjs': answering('hello') })
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const args = ['lambda.mjs', '--port', '0', '--debug-port', String(port)]
  const line = await start(args, { folder }).line(/^Debugger on/)
  expect(line).toMatch(/^Debugger on 127\.0\.0\.1:\d+ \(koa-alb-local; port \d+ is in use\)$/)
  expect(line).toContain(`; port ${port} is in use`)
  expect(line).not.toContain(`:${port}`)
})

it('has a port for each function that can be called', async () => {
  const group = (id: string) => ({ TargetType: 'lambda', Targets: [{ Id: id }] })
  const folder = await folderWith({
    ...manifest,
    'index.js': answering('hello'),
    'local.json': JSON.stringify({
      listeners: { Web: { Port: 80, Protocol: 'HTTP', DefaultActions: forwardTo('One') } },
      targetGroups: { One: group('one'), None: group('none'), Two: group('two') },
      functions: {
        one: { Handler: 'index.handler' },
        none: { Handler: 'index.handler', ReservedConcurrentExecutions: 0 },
        two: { Handler: 'index.handler', ReservedConcurrentExecutions: 7 },
      },
    }),
  })
  const args = ['--config', 'local.json', '--port', '0', '--debug-port', '0']
  const commandLine = start(args, { folder })
  for (const name of ['one', 'two']) {
    const line = await commandLine.line(new RegExp(`^Debugger on .*\\(${name}\\)`))
    const client = await attach(Number(/:(\d+) /.exec(line)?.[1]))
    const expression = 'process.env.AWS_LAMBDA_FUNCTION_NAME'
    const { result } = await client.send('Runtime.evaluate', { expression })
    expect(result.value).toBe(name)
  }
  expect(commandLine.output()).not.toContain('(none')
})

it('ends with Ctrl-C while a debugger is attached', async () => {
  const folder = await folderWith({ ...manifest, 'lambda.mjs': answering('hello') })
  const commandLine = start(['lambda.mjs', '--port', '0', '--debug-port', '0'], { folder })
  await commandLine.url()
  const client = await attach(await debugPortOf(commandLine))
  const { result } = await client.send('Runtime.evaluate', { expression: 'process.pid' })
  commandLine.process.kill('SIGINT')
  expect(await commandLine.ended).toBe(0)
  expect(isRunning(result.value)).toBe(false)
})
