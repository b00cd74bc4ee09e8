import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { versionNoted } from '../files/noted-files.ts'
import { ownFolder, removeOwnFolder } from '../lambda/own-folder.ts'
import { TemplateError } from './read-template.ts'

const typeMask = 0o170000
const symbolicLink = 0o120000

const folders = new Map<string, Promise<string>>()

/**
 * A folder with the files of an archive, the same for all who ask in this process, and gone with it.
 * @throws TemplateError when it cannot be unpacked
 */
export function unpacked(archive: string): Promise<string> {
  const version = `${archive} ${versionNoted(archive)}`
  const folder = folders.get(version) ?? unpackAnew(archive)
  folders.set(version, folder)
  return folder
}

async function unpackAnew(archive: string): Promise<string> {
  const folder = await ownFolder(tmpdir(), 'koa-alb-local-')
  try {
    await unpack(archive, folder)
  } catch (error) {
    await removeOwnFolder(folder)
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
