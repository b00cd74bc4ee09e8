import { readFile, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { toJson, toText } from '../migrate/formats.ts'
import { type Migration, migration } from '../migrate/migration.ts'
import {
  type MigrateArguments,
  migrateUsage,
  parseMigrateArguments,
} from './arguments/migrate-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
import { documentsFolder } from './terminal/documents.ts'
import { standardOutput } from './terminal/output.ts'
import { paintFor } from './terminal/request-line.ts'
import { StartError } from './terminal/start-error.ts'
import { ownVersion } from './version.ts'

/** The command `migrate`: resolves with its exit code. */
export async function migrate(args: readonly string[]): Promise<number> {
  const parsed = parseMigrateArguments(args)
  if (parsed !== 'help') return orCouldNotRun(() => migrateFolder(parsed))
  standardOutput.write(migrateUsage)
  return 0
}

async function migrateFolder({ folder, isWrite, format }: MigrateArguments): Promise<number> {
  await checkFolder(folder)
  const found = await migration(resolve(folder), `^${await adapterVersion()}`)
  if (isWrite) await writeAll(folder, found)
  const report = { folder, migration: found, isWritten: isWrite }
  const look = {
    isTerminal: process.stdout.isTTY === true,
    paint: paintFor(process.stdout, process.env),
  }
  const text = format === 'json' ? toJson(report) : toText(report, look)
  standardOutput.write(text + (look.isTerminal ? documentsHint(text) : ''))
  return found.undecided.length > 0 ? 1 : 0
}

/** Where the pages are that are named. */
function documentsHint(text: string): string {
  return text.includes('docs/migrate/') ? `docs/ is ${documentsFolder}\n` : ''
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: Error) => {
    throw new StartError(`${folder} cannot be read: ${error.message}`)
  })
  if (!found.isDirectory()) throw new StartError(`${folder} is no folder`)
}

async function writeAll(folder: string, { changed }: Migration): Promise<void> {
  for (const { path, after } of changed) {
    await writeFile(join(folder, path), after).catch((error: Error) => {
      throw new StartError(`${path} cannot be written: ${error.message}`)
    })
  }
}

/** The version of koa-alb that this package was published beside; packing writes it there. */
async function adapterVersion(): Promise<string> {
  const manifest = new URL('../../../package.json', import.meta.url)
  const { devDependencies = {} }: { devDependencies?: Record<string, string> } = JSON.parse(
    await readFile(manifest, 'utf8'),
  )
  const { 'koa-alb': version = '' } = devDependencies
  return /^\d/.test(version) ? version : ownVersion()
}
