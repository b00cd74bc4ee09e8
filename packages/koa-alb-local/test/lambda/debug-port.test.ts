import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DebugPort } from '../../src/lambda/debug-port.ts'
import { createLambdaTarget, type LambdaTarget } from '../../src/lambda/lambda-target.ts'
import { attach } from '../shared/debugger.ts'
import { folderWith } from '../shared/folder.ts'
import { lambdaFunction, runtimes } from '../shared/lambda-function.ts'

type Options = Partial<Parameters<typeof createLambdaTarget>[0]>

async function debugged(source: string, options: Options = {}) {
  const forked = "process.send('up'); setInterval(() => {}, 1000)"
  const taskRoot = await folderWith({ 'lambda.mjs': source, 'forked.mjs': forked })
  const debugPort = await DebugPort.open(0)
  const lines: string[] = []
  const output = (line: string): void => void lines.push(line)
  const target: LambdaTarget = createLambdaTarget(
    { handler: 'lambda.handler', taskRoot, output, ...options },
    { debugPort },
  )
  onTestFinished(async () => {
    await target.close()
    await debugPort.close()
  })
  return { target, port: debugPort.port, taskRoot, lines }
}

describe.each(runtimes)('with the client $runtime', (runtime) => {
  it('holds an invocation for longer than its timeout, which the function does not see', async () => {
    const { target, port } = await debugged(
      `export const handler = async (_event, context) => {
         debugger
         return context.getRemainingTimeInMillis() > 80_000_000
       }`,
      { ...runtime, timeoutMs: 200 },
    )
    await target.warmUp()
    const client = await attach(port)
    await client.send('Debugger.enable')
    const invocation = target.invoke('{}', { requestId: '1' })
    await client.event('Debugger.paused')
    await untilTimeout({ timeoutMs: 200 })
    await client.send('Debugger.resume')
    expect(await invocation).toEqual({ payload: 'true' })
  })
})

it('has no limit for the init phase', async () => {
  const { target, taskRoot, lines } = await debugged(
    `import { existsSync } from 'node:fs'
     while (!existsSync('go')) await new Promise(setImmediate)
     export const handler = async () => 'started'`,
    { initTimeoutMs: 100, timeoutMs: 100 },
  )
  const starting = target.warmUp()
  await untilTimeout({ initTimeoutMs: 100, timeoutMs: 100 })
  await writeFile(join(taskRoot, 'go'), '')
  expect(await starting).toEqual({ initMs: expect.any(Number) })
  expect(lines).toEqual([])
})

it('has invocations take turns in one process', async () => {
  const { target } = await debugged('export const handler = async () => process.pid', {
    concurrency: 10,
  })
  const invocations = ['1', '2', '3'].map((requestId) => target.invoke('{}', { requestId }))
  const outcomes = await Promise.all(invocations)
  const pids = new Set(outcomes.map((outcome) => 'payload' in outcome && outcome.payload))
  expect([...pids]).toEqual([expect.stringMatching(/^\d+$/)])
})

it('lets a connection wait for a process to start', async () => {
  const { target, port } = await debugged('export const handler = async () => 1')
  const attaching = attach(port)
  await target.warmUp()
  const { result } = await (await attaching).send('Runtime.evaluate', { expression: '1 + 1' })
  expect(result.value).toBe(2)
})

it('leads to the process of the function, not to one that it has forked', async () => {
  const { target, port } = await debugged(
    `import { fork } from 'node:child_process'
     import { once } from 'node:events'
     const child = fork('forked.mjs')
     await once(child, 'message')
     export const handler = async () => process.pid`,
  )
  await target.warmUp()
  const outcome = await target.invoke('{}', { requestId: '1' })
  const client = await attach(port)
  const { result } = await client.send('Runtime.evaluate', { expression: 'process.pid' })
  expect(outcome).toMatchObject({ payload: String(result.value) })
})

/** Settles when a function with these limits that hangs has been ended for it. */
async function untilTimeout(limits: Options): Promise<void> {
  const hang = 'await new Promise((resolve) => setTimeout(resolve, 60_000))'
  const source = 'initTimeoutMs' in limits ? hang : `export const handler = async () => { ${hang} }`
  const { invoke } = await lambdaFunction(source, limits)
  expect(await invoke()).toMatchObject({ errorReason: 'LambdaUnhandled' })
}
