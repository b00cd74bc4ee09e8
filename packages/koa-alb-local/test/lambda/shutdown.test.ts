import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderWith } from '../shared/folder.ts'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url))

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('sends SIGTERM to idle processes', async () => {
    const { call, close, lines } = await lambdaFunction(
      `process.on('SIGTERM', () => { console.log('cleaned up'); process.exit() })
       export const handler = async () => 1`,
      runtime,
    )
    await call()
    await close()
    expect(lines).toEqual([expect.stringMatching(/cleaned up$/)])
  })
})

it('kills a process that SIGTERM does not end', async () => {
  const { call, close } = await lambdaFunction(
    `process.on('SIGTERM', () => {})
     export const handler = async () => process.pid`,
  )
  const pid = Number(await call())
  await close()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

it('is awaited by a program that nothing else holds, also when SIGTERM does not end a process', async () => {
  const folder = await folderWith({
    'lambda.mjs': `process.on('SIGTERM', () => {})
      export const handler = async () => 1`,
    'program.mjs': `
      import { lambdaTarget } from ${JSON.stringify(built)}
      const target = lambdaTarget({ handler: 'lambda.handler' })
      await target.invoke('{}', { requestId: 'one' })
      await target.close()
      console.log('closed')`,
  })
  const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder })
  expect(stdout).toBe('closed\n')
})

it('lets invocations finish and takes no new ones', async () => {
  const { call, invoke, close, line, folder } = await lambdaFunction(
    `import { existsSync } from 'node:fs'
     export const handler = async () => {
       console.log('busy')
       while (!existsSync('go')) await new Promise(setImmediate)
       return 'done'
     }`,
  )
  const running = call()
  await line(/busy/)
  const closed = close()
  expect(await invoke()).toEqual({
    errorReason: 'LambdaServiceException',
    detail: 'the target is closed',
  })
  await writeFile(join(folder, 'go'), '')
  expect(await running).toBe('done')
  await closed
})

it('lets a program end that does not close it, and ends its processes', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const closed = new Promise<void>((resolve) => {
    server.once('connection', (socket) => {
      socket
        .resume()
        .on('error', () => {})
        .once('close', () => resolve())
    })
  })
  // Listening on TCP, so the address is no pipe name.
  const { port } = server.address() as AddressInfo
  const folder = await folderWith({
    'lambda.mjs': `
      import { connect } from 'node:net'
      const socket = connect(${port}, '127.0.0.1')
      export const handler = async () => 'connected'`,
    'program.mjs': `
      import { lambdaTarget } from ${JSON.stringify(built)}
      const target = lambdaTarget({ handler: 'lambda.handler' })
      console.log((await target.invoke('{}', { requestId: 'one' })).payload)`,
  })
  const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder })
  expect(stdout).toBe('"connected"\n')
  await closed
})
