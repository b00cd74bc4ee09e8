import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Adapter } from './adapters/adapter.ts'
import { installCommand, Manifest } from './manifest.ts'

/** A file and what it becomes. */
export interface Changed {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** A source that loads an adapter. */
export interface Loaded {
  readonly path: string
  readonly modules: readonly string[]
  /** Whether it loads koa-alb afterwards, and the adapter no longer. */
  readonly isMoved: boolean
  readonly adapter: Adapter | undefined
}

interface Project {
  readonly folder: string
  readonly manifests: readonly string[]
  readonly loaded: readonly Loaded[]
  /** The range of koa-alb. */
  readonly range: string
}

interface ChangedManifests {
  readonly changed: Changed[]
  readonly undecided: { path: string; reason: string }[]
  readonly install: string | undefined
}

/** Each source belongs to the nearest package.json above it, up to the folder. */
export async function changedManifests(project: Project): Promise<ChangedManifests> {
  const { folder, manifests, loaded, range } = project
  const changed: Changed[] = []
  const undecided: { path: string; reason: string }[] = []
  for (const path of manifests) {
    const own = loaded.filter((each) => ownerOf(each.path, manifests) === path)
    const moved = own.filter(({ isMoved }) => isMoved)
    if (moved.length === 0) continue
    try {
      const before = await readFile(join(folder, path), 'utf8')
      const after = changedManifest(before, own, range)
      if (after !== before) changed.push({ path, before, after })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      undecided.push({ path, reason: `cannot be read: ${reason}` })
    }
  }
  const stray = loaded.find((each) => each.isMoved && ownerOf(each.path, manifests) === undefined)
  const above = stray && (await manifestAbove(folder))
  if (above) {
    const added = Object.entries({ 'koa-alb': range, ...stray.adapter?.needs })
    const needed = added.map(([name, wanted]) => `${name} ${wanted}`).join(', ')
    undecided.push({ path: stray.path, reason: `${above} is above the folder: it needs ${needed}` })
  }
  return { changed, undecided, install: changed.length > 0 ? await installIn(folder) : undefined }
}

function ownerOf(path: string, manifests: readonly string[]): string | undefined {
  for (let at = dirname(path); ; at = dirname(at)) {
    const manifest = at === '.' ? 'package.json' : `${at}/package.json`
    if (manifests.includes(manifest)) return manifest
    if (at === '.') return undefined
  }
}

/** The nearest, as a path from the folder. */
async function manifestAbove(folder: string): Promise<string | undefined> {
  for (let at = dirname(folder), above = '../'; ; at = dirname(at), above += '../') {
    const names = await readdir(at).catch((): string[] => [])
    if (names.includes('package.json')) return `${above}package.json`
    if (dirname(at) === at) return undefined
  }
}

function changedManifest(before: string, own: readonly Loaded[], range: string): string {
  const adapters = new Set(
    own.flatMap(({ isMoved, adapter }) => (isMoved && adapter ? [adapter] : [])),
  )
  const added: Record<string, string> = {}
  for (const { needs = {} } of adapters) Object.assign(added, needs)
  added['koa-alb'] = range
  const packages = [...adapters].flatMap((each) => each.packages)
  const isLeft = (name: string): boolean =>
    own.some(({ isMoved, modules }) => !isMoved && modules.some((each) => isOf(name, each)))
  const manifest = new Manifest(before)
  const known = packages.filter((name) => manifest.has(name))
  const removed = known.filter((name) => isAdapterAlone(name) && !isLeft(name))
  return manifest.changed(added, removed, known[0] ?? '')
}

// Hono is what the app is made with, too.
function isAdapterAlone(name: string): boolean {
  return name !== 'hono'
}

function isOf(name: string, module: string): boolean {
  return module === name || module.startsWith(`${name}/`) || name.endsWith(`/${module}`)
}

/** By the lock file in the folder, or in the nearest one above. */
async function installIn(folder: string): Promise<string> {
  for (let at = folder; ; at = dirname(at)) {
    const command = installCommand(await readdir(at).catch(() => []))
    if (command !== undefined) return command
    if (dirname(at) === at) return 'npm install'
  }
}
