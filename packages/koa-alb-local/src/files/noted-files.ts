import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { readFileSync, type Stats, statSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'

/** What matters of a file: its text, which version it is, or only that it is there. */
type Interest = 'text' | 'version' | 'presence'

interface Look {
  readonly interest: Interest
  /** As the system tells of it: while it is the same, nothing has to be read. */
  readonly mark: string
  readonly found: string
}

const none = 'none'

// Whoever reads is far below whoever wants to know what was read.
const current = new AsyncLocalStorage<NotedFiles>()

/** The paths that were looked at to find out what to serve, also those where nothing is yet. */
export class NotedFiles {
  readonly #looks = new Map<string, Look>()

  /** Notes what is looked at meanwhile. */
  during<Result>(run: () => Promise<Result>): Promise<Result> {
    return current.run(this, run)
  }

  note(path: string, interest: Interest): void {
    const known = this.#looks.get(path)
    if (known && interests.indexOf(known.interest) <= interests.indexOf(interest)) return
    this.#looks.set(path, look(path, statOf(path), interest))
  }

  /** Keeps an eye on what others noted, too. */
  add(others: NotedFiles): void {
    for (const [path, each] of others.#looks)
      if (!this.#looks.has(path)) this.#looks.set(path, each)
  }

  /** The paths where something else is than when anybody looked last. */
  async changed(): Promise<readonly string[]> {
    const changed: string[] = []
    for (const [path, { interest, mark, found }] of [...this.#looks]) {
      const stats = await stat(path).catch(() => undefined)
      if (markOf(stats) === mark) continue
      const now = look(path, stats, interest)
      this.#looks.set(path, now)
      if (now.found !== found) changed.push(path)
    }
    return changed
  }

  /** Whether nothing is there, as far as anybody looked. */
  isGone(path: string): boolean {
    return this.#looks.get(path)?.found === none
  }
}

const interests: readonly Interest[] = ['text', 'version', 'presence']

/** The text of a file, which matters to what is served. */
export async function readNoted(file: string): Promise<string> {
  current.getStore()?.note(resolve(file), 'text')
  return readFile(file, 'utf8')
}

/** Whether a file or folder is there, which matters to what is served. */
export function existsNoted(path: string): boolean {
  current.getStore()?.note(resolve(path), 'presence')
  return statOf(path) !== undefined
}

/** Which file it is that is there, which matters to what is served. */
export function versionNoted(path: string): string {
  current.getStore()?.note(resolve(path), 'version')
  return markOf(statOf(path))
}

function look(path: string, stats: Stats | undefined, interest: Interest): Look {
  const mark = markOf(stats)
  if (interest === 'version' || !stats?.isFile()) return { interest, mark, found: mark }
  return { interest, mark, found: interest === 'text' ? digestOf(path) : 'file' }
}

function digestOf(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex')
  } catch {
    return none
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function markOf(stats: Stats | undefined): string {
  if (!stats) return none
  // Numbers of inodes are used again. What is in a folder is another matter.
  if (stats.isDirectory()) return `${stats.dev} ${stats.ino} ${stats.birthtimeMs}`
  return `${stats.dev} ${stats.ino} ${stats.mtimeMs} ${stats.size}`
}
