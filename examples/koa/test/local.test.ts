import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../dist/local.js', import.meta.url))
let child: ChildProcess | undefined

beforeAll(() => {
  if (!existsSync(script)) throw new Error(`${script} is missing: build the example first`)
})
afterEach(() => {
  child?.kill('SIGKILL')
})

function startLocal(env: NodeJS.ProcessEnv) {
  const started = spawn(process.execPath, [script], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child = started
  return started
}

it.each([
  ['single', 'false'],
  ['multi', 'true'],
])('serves the app in %s-value mode until SIGTERM', async (_mode, multiValueHeaders) => {
  const local = startLocal({ PORT: '0', MULTI_VALUE_HEADERS: multiValueHeaders })
  const lines = createInterface(local.stdout)[Symbol.asyncIterator]()
  const listening = String((await lines.next()).value)
  expect(listening).toMatch(/^Listening on http:\/\/127\.0\.0\.1:\d+$/)
  const url = listening.slice('Listening on '.length)
  expect((await lines.next()).value).toBe(`Try: curl -i ${url}/api/parts`)

  const page = await (await fetch(url)).text()
  expect(page).toContain('<title>Parts desk</title>')
  expect((await lines.next()).value).toMatch(/^GET \/ 200 \d+ms$/)
  expect(await (await fetch(`${url}/rates/today`)).json()).toMatchObject({ EUR: 1 })

  local.kill('SIGTERM')
  expect(await once(local, 'exit')).toEqual([0, null])
})

it('says that the port is in use and exits with 1', async () => {
  const occupant = createServer().listen(0, '127.0.0.1')
  await once(occupant, 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = occupant.address() as AddressInfo
  const local = startLocal({ PORT: String(port) })
  const [message, exit] = await Promise.all([text(local.stderr), once(local, 'exit')])
  expect(message).toBe(`Port ${port} is in use. Choose another: PORT=${port + 1}\n`)
  expect(exit).toEqual([1, null])
  occupant.close()
})
