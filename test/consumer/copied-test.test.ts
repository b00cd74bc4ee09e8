import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProject, type Project } from './project.ts'

const lambda = `export const handler = async ({ path, httpMethod, body, isBase64Encoded, multiValueHeaders = {} }) => ({
  statusCode: path === '/none' ? 404 : 200,
  multiValueHeaders: {
    'content-type': [path === '/bytes' ? 'application/octet-stream' : 'application/json'],
    'x-twice': ['1', '2'],
    'set-cookie': ['a=1', 'b=2'],
  },
  isBase64Encoded: path === '/bytes',
  body: path === '/bytes' ? 'AP8=' : JSON.stringify({ httpMethod, path, body, isBase64Encoded, x: multiValueHeaders['x-sent'] }),
})
`

let project: Project
let commandLine: ChildProcess
let api: (path: string) => Promise<string>
beforeAll(async () => {
  project = await createProject(['jest', 'supertest', 'vitest'], [])
  await writeFile(join(project.folder, 'lambda.js'), lambda)
  const command = 'node_modules/koa-alb-local/bin/koa-alb-local.js'
  const args = [command, 'lambda.js', '--port', '0', '--inspector', '0']
  commandLine = spawn(process.execPath, args, {
    cwd: project.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [url, inspector] = await urlsOf(commandLine)
  const body = Buffer.from([0, 254])
  await fetch(`${url}/a?b=c&b=d`, { method: 'POST', body: '"é\n', headers: { 'X-Sent': "it's" } })
  await fetch(`${url}/bytes`, { method: 'PUT', body })
  await fetch(`${url}/none`, { method: 'DELETE' })
  const { origin, searchParams } = new URL(inspector)
  const headers = { authorization: `Bearer ${searchParams.get('token')}` }
  api = async (path) => (await fetch(`${origin}/api${path}`, { headers })).text()
})
afterAll(async () => {
  commandLine.kill('SIGTERM')
  await once(commandLine, 'close')
  await project.remove()
})

async function urlsOf({ stdout }: ChildProcess): Promise<[string, string]> {
  let url = ''
  if (!stdout) throw new Error('there is no output')
  for await (const line of createInterface({ input: stdout })) {
    const [, name, found = ''] = /^(Listening on|Inspector) (\S+)/.exec(line) ?? []
    if (name === 'Inspector') return [url, found]
    if (found) url = found
  }
  throw new Error('the command line did not listen')
}

const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--testMatch']

it.each([
  ['vitest', 'copied.test.js', ['node_modules/vitest/vitest.mjs', 'run']],
  ['jest', 'copied.jest.js', [...jest, '**/*.jest.js']],
  ['node', 'copied.node.js', ['--test', 'copied.node.js']],
])('a test that the inspector copies passes as it is: %s', async (framework, file, command) => {
  const sources = await Promise.all(
    [1, 2, 3].map((id) => api(`/exchanges/${id}/test?framework=${framework}`)),
  )
  for (const source of sources) {
    await writeFile(join(project.folder, file), source)
    await project.run(process.execPath, command)
  }
  const [right = ''] = sources
  const wrong = right.replace(/(response\.status, |response\.status\)\.toBe\()200/, '$1201')
  await writeFile(join(project.folder, file), wrong)
  await expect(project.run(process.execPath, command)).rejects.toThrow(/201/)
})
