import type { Dirent } from 'node:fs'
import { access, readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import ignore, { type Ignore } from 'ignore'

/** The files of a project that somebody wrote. */
export interface ProjectFiles {
  /** Below the folder, with slashes, in order. */
  readonly sources: readonly string[]
  readonly manifests: readonly string[]
  /** Folders that cannot be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
}

/** What an ignore file says, and what a path is called there. */
interface Rules {
  readonly rules: Ignore
  toOwn(path: string): string
}

const madeFolders = new Set(['node_modules', 'dist', 'build', 'out', 'coverage', 'cdk.out'])
const isSource = (name: string): boolean => /\.(?:[cm]?[jt]s|[jt]sx)$/.test(name)
const isMade = (name: string): boolean => /\.(?:min|bundle)\.[cm]?js$|\.d\.[cm]?ts$/.test(name)

/** Follows no symbolic link, and leaves out what git does, hidden folders and what builds make. */
export async function projectFiles(folder: string): Promise<ProjectFiles> {
  const sources: string[] = []
  const manifests: string[] = []
  const unreadable: { path: string; reason: string }[] = []
  const visit = async (path: string, above: readonly Rules[]): Promise<void> => {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(
      (error: Error) => {
        unreadable.push({ path: path || '.', reason: error.message })
        return []
      },
    )
    const rules = await withIgnoreFile(folder, path, entries, above)
    for (const entry of entries) {
      const below = path ? `${path}/${entry.name}` : entry.name
      if (entry.isDirectory()) {
        const isLeft = entry.name.startsWith('.') || madeFolders.has(entry.name)
        if (!isLeft && !isIgnored(`${below}/`, rules)) await visit(below, rules)
      } else if (entry.isFile() && !isIgnored(below, rules)) {
        if (entry.name === 'package.json') manifests.push(below)
        else if (isSource(entry.name) && !isMade(entry.name)) sources.push(below)
      }
    }
  }
  await visit('', await rulesAbove(resolve(folder)))
  return { sources: sources.sort(), manifests: manifests.sort(), unreadable }
}

async function withIgnoreFile(
  folder: string,
  path: string,
  entries: readonly Dirent[],
  above: readonly Rules[],
): Promise<readonly Rules[]> {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return above
  const { length } = path ? `${path}/` : ''
  const rules = await readRules(join(folder, path))
  return [...above, { rules, toOwn: (each) => each.slice(length) }]
}

async function readRules(folder: string): Promise<Ignore> {
  const text = await readFile(join(folder, '.gitignore'), 'utf8').catch(() => '')
  return ignore().add(text)
}

/** Of the folders above that belong to the same repository. */
async function rulesAbove(folder: string): Promise<readonly Rules[]> {
  const found: Rules[] = []
  for (let at = folder, below = ''; !(await isRepository(at)); ) {
    const parent = dirname(at)
    if (parent === at) return []
    below = `${basename(at)}/${below}`
    const prefix = below
    found.unshift({ rules: await readRules(parent), toOwn: (path) => prefix + path })
    at = parent
  }
  return found
}

function isRepository(folder: string): Promise<boolean> {
  return access(join(folder, '.git')).then(
    () => true,
    () => false,
  )
}

/** The nearest file that says something of the path counts. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { toOwn, rules: own } of rules.toReversed()) {
    const { ignored, unignored } = own.test(toOwn(path))
    if (ignored || unignored) return ignored
  }
  return false
}
