import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { unpacked } from '../../src/template/archive.ts'
import { files, link, outside } from '../shared/archives.ts'
import { folderWith } from '../shared/folder.ts'

async function archiveOf(base64: string): Promise<string> {
  const archive = join(await folderWith({}), 'function.zip')
  await writeFile(archive, base64, 'base64')
  return archive
}

describe('an archive', () => {
  beforeEach(async () => {
    vi.stubEnv('TMPDIR', await folderWith({}))
    onTestFinished(() => void vi.unstubAllEnvs())
  })

  it('is unpacked with its folders and modes', async () => {
    const folder = await unpacked(await archiveOf(files))
    const { handler } = createRequire(import.meta.url)(join(folder, 'index.js'))
    expect(await handler()).toEqual({ statusCode: 200, body: 'zipped' })
    expect(String(execFileSync(join(folder, 'run')))).toBe('')
  })

  it('is unpacked once, also by several at the same time', async () => {
    const archive = await archiveOf(files)
    const [folder, other] = await Promise.all([unpacked(archive), unpacked(archive)])
    expect(other).toBe(folder)
  })

  it.each([
    ['a symbolic link', link, 'link is a symbolic link'],
    ['a name that leads out of it', outside, 'invalid relative path: ../out.js'],
    ['nothing of an archive', 'aGVsbG8=', 'End of central directory record signature not found'],
  ])('with %s is refused', async (_name, base64, reason) => {
    const archive = await archiveOf(base64)
    await expect(unpacked(archive)).rejects.toThrow(`${archive} cannot be unpacked: ${reason}`)
  })
})
