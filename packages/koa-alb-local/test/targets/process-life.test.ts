import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { folderWith } from '../shared/folder.ts'

const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url))

it.each([
  ['a handler', '() => { entered(); return new Promise(() => {}) }'],
  [
    'a function in a process of its own',
    "lambdaTarget({ handler: 'lambda.handler', output: entered })",
  ],
])('does not hold a program whose client and server have gone: %s', async (_name, target) => {
  const program = `
    import { get } from 'node:http'
    import { once } from 'node:events'
    import { createLoadBalancer, lambdaTarget } from ${JSON.stringify(built)}
    let entered
    const isEntered = new Promise((resolve) => { entered = resolve })
    const server = createLoadBalancer({ target: ${target}, log() {} }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const request = get({ port: server.address().port, host: '127.0.0.1' }).on('error', () => {})
    await isEntered
    const startedAt = process.uptime()
    process.on('exit', () => console.log(process.uptime() - startedAt))
    request.destroy()
    server.closeAllConnections()
    server.close()`
  const held = Number(await run(program))
  // The invocation would time out after 30 seconds.
  expect(held).toBeLessThan(20)
})

it('does not hold a program whose client and server have gone: an endpoint', async () => {
  let invoked = (): void => {}
  const isInvoked = new Promise<void>((resolve) => {
    invoked = resolve
  })
  const endpoint = createServer(({ method }, response) => {
    if (method === 'POST') invoked()
    else void isInvoked.then(() => response.end())
  }).listen(0, '127.0.0.1')
  onTestFinished(() => endpoint.close().closeAllConnections())
  await once(endpoint, 'listening')
  const url = `http://127.0.0.1:${Object(endpoint.address()).port}`
  const program = `
    import { get } from 'node:http'
    import { once } from 'node:events'
    import { createLoadBalancer, endpointTarget } from ${JSON.stringify(built)}
    const target = endpointTarget('${url}')
    const server = createLoadBalancer({ target, log() {} }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const request = get({ port: server.address().port, host: '127.0.0.1' }).on('error', () => {})
    await once(get('${url}').on('error', () => {}), 'response')
    process.on('exit', () => console.log('ended'))
    request.destroy()
    server.closeAllConnections()
    server.close()`
  expect(await run(program)).toBe('ended\n')
})

it('has the outcome of an invocation that a program awaits and nothing else holds', async () => {
  const program = `
    import { functionTarget } from ${JSON.stringify(built)}
    const target = functionTarget(() => new Promise(() => {}), { timeoutMs: 50 })
    console.log((await target.invoke('{}', { requestId: 'one' })).detail)`
  expect(await run(program)).toBe('Task timed out after 0.05 seconds\n')
})

async function run(program: string): Promise<string> {
  const folder = await folderWith({
    'program.mjs': program,
    'lambda.mjs':
      "export const handler = () => { console.log('entered'); return new Promise(() => setInterval(() => {}, 1000)) }",
  })
  return (await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder })).stdout
}
