import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ignore, { type Ignore } from 'ignore'

/** The files of a project that somebody wrote. */
export interface ProjectFiles {
  /** Below the folder, with slashes, in order. */
  readonly sources: readonly string[]
  readonly manifests: readonly string[]
  /** Folders that cannot be read, and why. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[]
}

/** What an ignore file says, of what is below its folder. */
interface Rules {
  readonly prefix: string
  readonly rules: Ignore
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
  await visit('', [])
  return { sources: sources.sort(), manifests: manifests.sort(), unreadable }
}

async function withIgnoreFile(
  folder: string,
  path: string,
  entries: readonly Dirent[],
  above: readonly Rules[],
): Promise<readonly Rules[]> {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return above
  const text = await readFile(join(folder, path, '.gitignore'), 'utf8').catch(() => '')
  return [...above, { prefix: path ? `${path}/` : '', rules: ignore().add(text) }]
}

/** The nearest file that says something of the path counts. */
function isIgnored(path: string, rules: readonly Rules[]): boolean {
  for (const { prefix, rules: own } of rules.toReversed()) {
    const { ignored, unignored } = own.test(path.slice(prefix.length))
    if (ignored || unignored) return ignored
  }
  return false
}
