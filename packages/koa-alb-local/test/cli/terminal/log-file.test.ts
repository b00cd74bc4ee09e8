import { execFileSync } from 'node:child_process'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { LogFile } from '../../../src/cli/terminal/log-file.ts'
import { folderWith } from '../../shared/folder.ts'

/** A pipe with a name: what is written fails while nobody has it open for reading. */
async function pipe(): Promise<{ path: string; reader: () => Promise<FileHandle> }> {
  const path = join(await folderWith({}), 'log')
  execFileSync('mkfifo', [path])
  return { path, reader: () => open(path, constants.O_RDONLY | constants.O_NONBLOCK) }
}

/** A log whose reader has gone, and what it reports. */
async function failingLog() {
  const { path, reader } = await pipe()
  const first = await reader()
  const reports: string[] = []
  const waiting: (() => void)[] = []
  const log = await LogFile.open(path, 'the access log', (text) => {
    reports.push(text)
    for (const look of waiting) look()
  })
  onTestFinished(() => log.close())
  await first.close()
  const reported = (count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => void (reports.length >= count && resolve())
      waiting.push(look)
      look()
    })
  return { log, reader, reports, reported }
}

const cannot =
  'the access log cannot be written: EPIPE: broken pipe, write; it is tried again each second'

it('says once that it cannot be written, and writes what has waited', async () => {
  const { log, reader, reports, reported } = await failingLog()
  log.write('a')
  await reported(1)
  log.write('b')
  const second = await reader()
  await reported(2)
  const { buffer, bytesRead } = await second.read()
  await second.close()
  expect(reports).toEqual([cannot, 'the access log is written again'])
  expect(buffer.toString('latin1', 0, bytesRead)).toBe('a\nb\n')
})

it('lets 1 MB wait, and says what is lost', async () => {
  const { log, reports, reported } = await failingLog()
  for (let line = 0; line < 11; line++) log.write('x'.repeat(100_000))
  await reported(1)
  await log.close()
  expect(reports).toEqual([cannot, '11 lines of the access log are lost'])
})
