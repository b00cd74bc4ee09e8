import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

interface Local {
  readonly process: ChildProcess
  line(pattern: RegExp): Promise<string>
  /** Everything printed and the exit code, once it has ended. */
  readonly ended: Promise<{ output: string; code: number | null }>
}

function start(name: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): Local {
  const script = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url))
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGTERM'))
  const lines: string[] = []
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      for (const look of waiting) look()
    })
  }
  const ended = once(child, 'close').then(([code]) => ({ output: lines.join('\n'), code }))
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((each) => pattern.test(each))
        if (found !== undefined) resolve(found)
      }
      waiting.add(look)
      look()
      void ended.then(({ output }) => reject(new Error(`ended without ${pattern}:\n${output}`)))
    })
  return { process: child, line, ended }
}

async function urlOf(local: Local): Promise<string> {
  return (await local.line(/^Listening on/)).slice('Listening on '.length)
}

it.each([
  ['off', ['--no-multi-value-headers']],
  ['on', []],
])('serves the app with multi-value headers %s until SIGTERM', async (_mode, args) => {
  const local = start('local', { PORT: '0' }, args)
  const url = await urlOf(local)
  const page = await (await fetch(url)).text()
  expect(page).toContain('<title>Parts desk</title>')
  await local.line(/^200 {2}GET \/ {2}\d+ ms/)
  expect(await (await fetch(`${url}/rates/today`)).json()).toMatchObject({ EUR: 1 })
  local.process.kill('SIGTERM')
  expect((await local.ended).code).toBe(0)
})

it('keeps a login whichever process answers', async () => {
  const url = await urlOf(start('local', { PORT: '0' }))
  const login = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"name":"ada","password":"engine"}',
  })
  const cookie = login.headers.getSetCookie().map((each) => each.split(';')[0])
  const me = () => fetch(`${url}/api/me`, { headers: { cookie: cookie.join('; ') } })
  // Six at once are answered by six processes.
  const answers = await Promise.all(Array.from({ length: 6 }, me))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
})

it('names the source of an error', async () => {
  const local = start('local', { PORT: '0' })
  await fetch(`${await urlOf(local)}/api/broken`)
  expect(await local.line(/at .*app\.ts/)).toMatch(/examples\/koa\/src\/app\.ts:\d+:\d+\)$/)
})

it('says that the port is in use and exits with 1', async () => {
  const occupant = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void occupant.close())
  await once(occupant, 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = occupant.address() as AddressInfo
  const { output, code } = await start('local', { PORT: String(port) }).ended
  expect(output).toContain(`Port ${port} is in use.`)
  expect(code).toBe(1)
})

it.each(['local', 'server'])('says in %s what PORT takes and exits with 1', async (name) => {
  const { output, code } = await start(name, { PORT: 'abc' }).ended
  expect(output).toBe('PORT takes a number from 0 to 65535, got "abc": PORT=8080')
  expect(code).toBe(1)
})
