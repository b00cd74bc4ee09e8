import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { folderWith } from '../shared/folder.ts'
import { lambdaFunction } from '../shared/lambda-function.ts'

const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url))

it('fails one invocation with the reason while there is no descriptor for a process', async () => {
  const folder = await folderWith({
    'lambda.mjs': 'export const handler = async () => 1',
    // Gives one descriptor back at a time, so that each step of a start is the one that fails.
    'program.mjs': `
      import { closeSync, openSync } from 'node:fs'
      import { lambdaTarget } from ${JSON.stringify(built)}
      const target = lambdaTarget({ handler: 'lambda.handler', output() {} })
      const held = []
      try { for (;;) held.push(openSync('/dev/null')) } catch {}
      const failures = []
      for (;;) {
        const outcome = await target.invoke('{}', { requestId: 'one' })
        if ('payload' in outcome) break
        failures.push(outcome.detail)
        closeSync(held.pop())
      }
      await target.close()
      console.log(failures.length > 2, failures.filter((detail) => !detail.includes('EMFILE')))`,
  })
  const command = ['-c', 'ulimit -n 100; exec "$0" program.mjs', process.execPath]
  const { stdout } = await promisify(execFile)('/bin/sh', command, { cwd: folder })
  expect(stdout).toBe('true []\n')
})

it('waits for a descriptor for the connection of a process that has started', async () => {
  const folder = await folderWith({
    'lambda.mjs': 'export const handler = async () => 1',
    // The process before has started the guard: a spawn is of the function itself.
    'program.mjs': `
      import { closeSync, openSync } from 'node:fs'
      import { createRequire, syncBuiltinESMExports } from 'node:module'
      import { lambdaTarget } from ${JSON.stringify(built)}
      const target = lambdaTarget({ handler: 'lambda.handler', output() {} })
      await target.warmUp()
      const held = []
      const childProcess = createRequire(import.meta.url)('node:child_process')
      const { spawn } = childProcess
      childProcess.spawn = (...args) => {
        const child = spawn(...args)
        try { for (;;) held.push(openSync('/dev/null')) } catch {}
        setTimeout(() => held.forEach((descriptor) => closeSync(descriptor)), 1000)
        return child
      }
      syncBuiltinESMExports()
      const outcome = await target.warmUp()
      console.log(held.length > 10, 'initMs' in outcome || outcome)
      await target.close()`,
  })
  const command = ['-c', 'ulimit -n 100; exec "$0" program.mjs', process.execPath]
  const { stdout } = await promisify(execFile)('/bin/sh', command, { cwd: folder })
  expect(stdout).toBe('true true\n')
})

it('fails with the reason when the working folder has gone', async () => {
  const taskRoot = `${await folderWith({})}/none`
  const { invoke } = await lambdaFunction('export const handler = async () => 1', { taskRoot })
  expect(await invoke()).toMatchObject({
    detail: expect.stringMatching(/could not be started: \S+none has gone$/),
  })
})
