import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { folderWith, writeIn } from '../shared/folder.ts'

const built = fileURLToPath(new URL('../../dist/esm/lambda/own-folder.js', import.meta.url))

// Over the largest number that Linux and macOS give a process.
const ended = 99_999_999

async function namesAfter(parent: string, end: string): Promise<string[]> {
  const program = `
    import { ownFolder } from ${JSON.stringify(built)}
    await ownFolder(${JSON.stringify(parent)}, 'mine-')
    ${end}`
  const args = ['--input-type=module', '--eval', program]
  await promisify(execFile)(process.execPath, args).catch(() => {})
  return readdir(parent)
}

it('is gone when the process has ended', async () => {
  expect(await namesAfter(await folderWith({}), '')).toEqual([])
})

it('is gone when the process has failed', async () => {
  expect(await namesAfter(await folderWith({}), "throw new Error('boom')")).toEqual([])
})

it('is cleared by the next process when this one was killed', async () => {
  const parent = await folderWith({})
  const [name] = await namesAfter(parent, "process.kill(process.pid, 'SIGKILL')")
  expect(name).toMatch(/^mine-\d+-1$/)
  expect(await namesAfter(parent, '')).toEqual([])
})

it('clears nothing of processes that run, and nothing else', async () => {
  const kept = [`${ended}-1`, `mine-${process.pid}-1`, `mine-${ended}`, 'mine-x-1', 'other-1-1']
  const parent = await folderWith({})
  for (const name of [...kept, `mine-${ended}-1`]) await writeIn(parent, `${name}/file`, '')
  expect((await namesAfter(parent, '')).sort()).toEqual([...kept].sort())
})
