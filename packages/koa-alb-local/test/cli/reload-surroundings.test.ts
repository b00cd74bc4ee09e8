import { expect, it } from 'vitest'
import { type CommandLine, start } from '../shared/command-line.ts'
import {
  configuration,
  fixed,
  numbered,
  rule,
  writeConfiguration,
} from '../shared/configuration-file.ts'
import { attach } from '../shared/debugger.ts'
import { folderWith } from '../shared/folder.ts'

const manifest = { 'package.json': '{ "type": "module" }' }
const files = { ...manifest, 'lambda.js': numbered, 'local.json': configuration() }

function serve(folder: string, args: readonly string[]): CommandLine {
  return start(['--config', 'local.json', '--port', '0', '--watch', ...args], { folder })
}

/** Asks the inspector's API. */
async function apiOf(
  commandLine: CommandLine,
): Promise<(path: string, init?: RequestInit) => Promise<unknown>> {
  const [, url = ''] = (await commandLine.line(/for scripts/)).split('agents: ')
  return async (path, init = {}) => (await fetch(url.replace('/openapi.json', path), init)).json()
}

it('has the inspector show the new rules, and count them from none', async () => {
  const folder = await folderWith(files)
  const commandLine = serve(folder, ['--inspector', '0'])
  const url = await commandLine.url()
  const api = await apiOf(commandLine)
  const rules = async (): Promise<unknown> => Object(await api('/load-balancer')).listeners[0].rules
  await writeConfiguration(folder, { listenerRules: { Tea: rule('/tea', fixed(418)) } })
  await commandLine.line(/rule Tea added/)
  expect((await fetch(`${url}/tea`)).status).toBe(418)
  await expect.poll(rules).toMatchObject([
    { priority: 1, conditions: ['path-pattern /tea'], actions: ['fixed-response'], hits: 1 },
    { priority: 0, hits: 0 },
  ])
  await writeConfiguration(folder, { listenerRules: { Tea: rule('/pot', fixed(418)) } })
  await commandLine.line(/rule Tea changed/)
  expect(await rules()).toMatchObject([{ conditions: ['path-pattern /pot'], hits: 0 }, {}])
})

it('sends in the other header mode by the new rules', async () => {
  const folder = await folderWith(files)
  const commandLine = serve(folder, ['--inspector', '0'])
  const api = await apiOf(commandLine)
  const status = async (): Promise<unknown> => {
    const sent = { listener: 'Web', method: 'GET', target: '/tea', multiValueHeaders: true }
    const init = { method: 'POST', body: JSON.stringify(sent) }
    return Object(await api('/replay', init)).response.status
  }
  expect(await status()).toBe(200)
  await writeConfiguration(folder, { listenerRules: { Tea: rule('/tea', fixed(418)) } })
  await commandLine.line(/rule Tea added/)
  expect(await status()).toBe(418)
})

it('checks the health of a function once, also when it sends in the other header mode', async () => {
  const health = { HealthCheckEnabled: true, HealthCheckPath: '/health' }
  const group = { TargetType: 'lambda', Targets: [{ Id: 'Orders' }], ...health }
  const text = configuration({ others: { targetGroups: { Orders: group } } })
  const folder = await folderWith({ ...files, 'local.json': text })
  const commandLine = serve(folder, ['--inspector', '0', '--health-check-log', '-'])
  const api = await apiOf(commandLine)
  await commandLine.line(/^target group Orders: initial → healthy$/)
  const sent = { listener: 'Web', method: 'GET', target: '/', multiValueHeaders: true }
  await api('/replay', { method: 'POST', body: JSON.stringify(sent) })
  commandLine.process.kill('SIGTERM')
  await commandLine.ended
  const checks = commandLine.output().match(/^lambda .* PASS 200 .*|.* → healthy$/gm)
  expect(checks).toHaveLength(2)
})

it('tells pages of the inspector that the load balancer is another', async () => {
  const folder = await folderWith(files)
  const commandLine = serve(folder, ['--inspector', '0'])
  const [, api = ''] = (await commandLine.line(/for scripts/)).split('agents: ')
  const { body } = await fetch(api.replace('/openapi.json', '/events'))
  await writeConfiguration(folder, { listenerRules: { Tea: rule('/tea', fixed(418)) } })
  let received = ''
  for await (const piece of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    received += piece
    if (received.includes('event: load-balancer\n')) break
  }
  expect(received).toBe(': hello\n\nevent: load-balancer\ndata: {}\n\n')
})

it('lets debuggers attach to a new function, and to one that started anew', async () => {
  const folder = await folderWith(files)
  const commandLine = serve(folder, ['--debug-port', '0'])
  const port = async (name: string): Promise<number> => {
    const line = await commandLine.line(new RegExp(`^Debugger on .*\\(${name}\\)`))
    return Number(/:(\d+) /.exec(line)?.[1])
  }
  const greeting = async (name: string): Promise<unknown> => {
    const client = await attach(await port(name))
    const expression = 'process.env.GREETING'
    const { result } = await client.send('Runtime.evaluate', { expression })
    client.close()
    return result.value
  }
  expect(await greeting('Orders')).toBeUndefined()
  const saying = (GREETING: string) => ({ Environment: { Variables: { GREETING } } })
  const functions = { Orders: saying('hello'), Carts: saying('bye') }
  await writeConfiguration(folder, { functions })
  await commandLine.line(/^Orders: reloaded/)
  await commandLine.line(/^Carts: loaded/)
  expect([await greeting('Orders'), await greeting('Carts')]).toEqual(['hello', 'bye'])
})

it('closes the port for debuggers of a function that is gone', async () => {
  const folder = await folderWith(files)
  await writeConfiguration(folder, { functions: { Orders: {}, Carts: {} } })
  const commandLine = serve(folder, ['--debug-port', '0'])
  const line = await commandLine.line(/^Debugger on .*\(Carts\)/)
  await commandLine.line(/Watching/)
  await writeConfiguration(folder)
  await commandLine.line(/function Carts removed/)
  await expect(fetch(`http://${line.split(' ')[2]}/json/list`)).rejects.toThrow('fetch failed')
})

it('names the rules of requests as the file does that is served', async () => {
  const folder = await folderWith(files)
  const commandLine = serve(folder, [])
  const url = await commandLine.url()
  await writeConfiguration(folder, { listenerRules: { Tea: rule('/tea', fixed(418)) } })
  await commandLine.line(/rule Tea added/)
  await fetch(`${url}/tea`)
  expect(await commandLine.line(/GET \/tea/)).toMatch(/^418 {2}GET \/tea {2}Tea /)
})
