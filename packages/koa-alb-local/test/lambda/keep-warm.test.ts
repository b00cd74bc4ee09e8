import { expect, it, onTestFinished } from 'vitest'
import { createLambdaTarget } from '../../src/lambda/lambda-target.ts'
import { folderWith, writeIn } from '../shared/folder.ts'
import { isRunning } from '../shared/processes.ts'

// Answers when told, so that each invocation has a process of its own.
const source = `
  import { existsSync } from 'node:fs'
  export const handler = async () => {
    console.log('entered')
    while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 5))
    return process.pid
  }`

it.each([0, 1, 2])('gives back what is idle beyond %s', async (keepWarm) => {
  const { burst } = await startTarget(keepWarm, 50)
  const pids = await burst(3)
  expect(new Set(pids).size).toBe(3)
  await expect.poll(() => pids.filter(isRunning).length, { timeout: 10_000 }).toBe(keepWarm)
})

it('keeps those that were used last, and starts more when they are needed', async () => {
  const { target, burst } = await startTarget(1, 50)
  const pids = await burst(3)
  const last = await pidFrom(target.invoke('{}', { requestId: 'last' }))
  await expect.poll(() => pids.filter(isRunning), { timeout: 10_000 }).toEqual([last])
  const again = await Promise.all(
    ['a', 'b'].map((requestId) => pidFrom(target.invoke('{}', { requestId }))),
  )
  expect(again).toContain(last)
  expect(new Set(again).size).toBe(2)
})

it('has given back what is leaving when it is closed', async () => {
  const { target, burst } = await startTarget(0, 1)
  const pids = await burst(2)
  await target.close()
  expect(pids.filter(isRunning)).toEqual([])
})

async function startTarget(keepWarm: number, idleMs: number) {
  const folder = await folderWith({ 'lambda.mjs': source })
  let entered = 0
  let onEntered = (): void => {}
  const output = (): void => {
    entered += 1
    onEntered()
  }
  const target = createLambdaTarget(
    { handler: 'lambda.handler', taskRoot: folder, keepWarm, output },
    { idleMs },
  )
  onTestFinished(() => target.close())
  /** The processes of so many invocations at once. */
  const burst = async (count: number): Promise<number[]> => {
    const ids = Array.from({ length: count }, (_, index) => `burst-${index}`)
    const answers = ids.map((requestId) => pidFrom(target.invoke('{}', { requestId })))
    while (entered < count) {
      await new Promise<void>((resolve) => {
        onEntered = resolve
      })
    }
    await writeIn(folder, 'go', '')
    return Promise.all(answers)
  }
  return { target, burst }
}

async function pidFrom(invocation: Promise<object>): Promise<number> {
  return Number(Object(await invocation).payload)
}
