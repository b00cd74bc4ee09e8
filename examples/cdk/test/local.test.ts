import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Assembly, synthesize } from './assembly.ts'

const bin = fileURLToPath(
  new URL('../node_modules/koa-alb-local/bin/koa-alb-local.js', import.meta.url),
)

let assembly: Assembly
let process: ChildProcess
const lines: string[] = []
let url = ''

beforeAll(async () => {
  assembly = synthesize()
  const args = [bin, '--template', assembly.template, '--port', '0']
  const child = spawn(globalThis.process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  process = child
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    url = /^Listening on (\S+)/.exec(line)?.[1] ?? ''
    if (url) break
  }
  child.stdout.resume()
})
afterAll(async () => {
  process.kill()
  await once(process, 'close')
  assembly.remove()
})

it('serves the app of the synthesized template on this machine', async () => {
  const parts = await fetch(`${url}/api/parts`)
  const logo = await fetch(`${url}/logo.png`)
  expect([parts.status, parts.headers.get('server')]).toEqual([200, 'awselb/2.0'])
  expect((await logo.arrayBuffer()).byteLength).toBe(1923)
})

it('names the resources that are only in the cloud', () => {
  expect(lines.join('\n')).toMatch(/^Not served here: .*AWS::EC2::VPC/m)
})
