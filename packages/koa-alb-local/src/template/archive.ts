import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { TemplateError } from './read-template.ts'

const typeMask = 0o170000
const symbolicLink = 0o120000

/**
 * The folder with the files of an archive; the same for the same bytes.
 * @throws TemplateError when it cannot be unpacked
 */
export async function unpacked(archive: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(archive), hash)
  const folder = join(tmpdir(), `koa-alb-local-archive-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return folder
  // Under its own name only when it is complete: another process may look for it.
  const started = await mkdtemp(`${folder}-`)
  try {
    await unpack(archive, started)
    await rename(started, folder)
  } catch (error) {
    await rm(started, { recursive: true, force: true })
    if (existsSync(folder)) return folder
    throw new TemplateError(
      `${archive} cannot be unpacked: ${error instanceof Error ? error.message : error}`,
    )
  }
  return folder
}

async function unpack(archive: string, folder: string): Promise<void> {
  // It refuses names that lead out of the folder, and sizes that are not those declared.
  const zip = await openPromise(archive)
  for await (const entry of zip.eachEntry()) await write(zip, entry, folder)
}

async function write(zip: ZipFile, entry: Entry, folder: string): Promise<void> {
  const { fileName } = entry
  const path = join(folder, fileName)
  if (fileName.endsWith('/')) {
    await mkdir(path, { recursive: true })
    return
  }
  // Where the archive was made on Unix, the upper half is the mode of the file.
  const mode = entry.externalFileAttributes >>> 16
  if ((mode & typeMask) === symbolicLink) throw new Error(`${fileName} is a symbolic link`)
  await mkdir(dirname(path), { recursive: true })
  const file = createWriteStream(path, { mode: mode & 0o777 || 0o644 })
  await pipeline(await zip.openReadStreamPromise(entry), file)
}
