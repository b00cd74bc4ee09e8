import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { folderWith } from '../shared/folder.ts'
import { lambdaFunction } from '../shared/lambda-function.ts'
import { isRunning } from '../shared/processes.ts'

const built = fileURLToPath(new URL('../../dist/esm/index.js', import.meta.url))

const starting = `
  import { spawn } from 'node:child_process'
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'])
  export const pids = [process.pid, child.pid]`

it('ends a function that computes, and what it started, when the program is killed', async () => {
  const folder = await folderWith({
    'lambda.mjs': `${starting}
      export const handler = () => { console.log('pids', ...pids); for (;;); }`,
    'program.mjs': `
      import { lambdaTarget } from ${JSON.stringify(built)}
      const output = (line) => console.log(line)
      await lambdaTarget({ handler: 'lambda.handler', output }).invoke('{}', { requestId: 'one' })`,
  })
  const program = spawn(process.execPath, ['program.mjs'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void program.kill('SIGKILL'))
  const [line]: string[] = await once(createInterface({ input: program.stdout }), 'line')
  const pids = line?.match(/\d+/g)?.slice(-2).map(Number) ?? []
  expect(pids.map(isRunning)).toEqual([true, true])
  program.kill('SIGKILL')
  await expect.poll(() => pids.map(isRunning), { timeout: 10_000 }).toEqual([false, false])
})

it('ends what a function started when its process ends by itself', async () => {
  const { call, invoke } = await lambdaFunction(
    `${starting}
     export const handler = async ({ end }) => end ? process.exit() : pids`,
  )
  const pids = (await call()) as number[]
  await invoke({ end: true })
  await expect.poll(() => pids.map(isRunning), { timeout: 10_000 }).toEqual([false, false])
})
