import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { type FSWatcher, watch } from 'chokidar'
import { clearTimeout, setTimeout } from '../../time/clock.ts'

// Editors and checkouts write several files at once. A file may be empty for a moment, and for 50 ms after
// a change of it, chokidar keeps further ones to itself: only who reads later is sure to read the last one.
const settleMs = 100

const made = ['node_modules', 'cdk.out', 'dist', 'build', 'out', 'coverage']

interface Settings {
  /** Whether it is what the command makes. */
  isMade(path: string): boolean
  /** These are others than before, as far as that is known. */
  changed(paths: readonly string[]): void
  failed(error: unknown): void
}

/** Watches the sources in a folder: what is in it, but for packages, outputs and what Git ignores. */
export class SourceWatch {
  readonly #watcher: FSWatcher
  readonly #folder: string
  readonly #settings: Settings
  readonly #digests = new Map<string, string>()
  readonly #touched = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #noting: Promise<void> | undefined

  static async open(folder: string, settings: Settings): Promise<SourceWatch> {
    const sources = new SourceWatch(folder, settings)
    await new Promise<void>((resolve) => sources.#watcher.once('ready', () => resolve()))
    return sources
  }

  private constructor(folder: string, settings: Settings) {
    this.#folder = folder
    this.#settings = settings
    this.#watcher = watch(folder, {
      ignoreInitial: true,
      ignored: (path) => isOutput(relative(folder, path)) || settings.isMade(path),
    })
    this.#watcher.on('all', (event, path) => {
      if (event === 'add' || event === 'change' || event === 'unlink') this.#noteLater(path)
    })
    this.#watcher.on('error', settings.failed)
  }

  close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#touched.clear()
    return this.#watcher.close()
  }

  /** Resolves once all is told that has changed so far. */
  async settled(): Promise<void> {
    do await new Promise((resolve) => setTimeout(resolve, settleMs))
    while (this.#touched.size > 0)
    await this.#noting
  }

  #noteLater(path: string): void {
    this.#touched.add(path)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#noting = this.#note()
    }, settleMs)
  }

  async #note(): Promise<void> {
    const paths = [...this.#touched]
    this.#touched.clear()
    const changed: string[] = []
    for (const path of paths) {
      const digest = await digestOf(path)
      if (this.#digests.get(path) === digest) continue
      this.#digests.set(path, digest)
      changed.push(path)
    }
    const ignored = await ignoredByGit(changed, this.#folder)
    const sources = changed.filter((path) => !ignored.has(path))
    if (sources.length > 0) this.#settings.changed(sources)
  }
}

/** The folder of a repository or workspace that a folder belongs to, or that one itself. */
export function sourceFolder(start: string): string {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    // Some have their settings in a repository, and all else beside.
    if (folder === homedir()) return start
    if (isRoot(folder)) return folder
  }
  return start
}

function isRoot(folder: string): boolean {
  if (['.git', 'pnpm-workspace.yaml'].some((name) => existsSync(join(folder, name)))) return true
  const manifest = join(folder, 'package.json')
  if (!existsSync(manifest)) return false
  try {
    return Object(JSON.parse(readFileSync(manifest, 'utf8'))).workspaces !== undefined
  } catch {
    return false
  }
}

function isOutput(inside: string): boolean {
  if (inside === '') return false
  const names = inside.split(sep)
  return names.some((name) => made.includes(name) || name.startsWith('.')) || isLog(inside)
}

function isLog(inside: string): boolean {
  return inside.endsWith('.log') || inside.endsWith('.tsbuildinfo')
}

async function digestOf(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => undefined)
  return bytes ? createHash('sha256').update(bytes).digest('hex') : 'none'
}

// `tsc` of a fresh CDK app writes beside its sources what its .gitignore names.
async function ignoredByGit(paths: readonly string[], folder: string): Promise<Set<string>> {
  const args = ['-c', 'core.quotePath=false', 'check-ignore', '--', ...paths]
  // Without Git, or outside of a repository, nothing is.
  const asked = await promisify(execFile)('git', args, { cwd: folder }).catch(() => undefined)
  return new Set(asked?.stdout.split('\n'))
}
