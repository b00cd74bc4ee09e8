import { type Stats, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, relative } from 'node:path'
import { type FSWatcher, watch } from 'chokidar'
import { clearTimeout, setTimeout } from '../../time/clock.ts'

// Packages, caches and version control: nothing in them is the project's own source.
const ignored = /(^|[\\/])(node_modules|\.[^\\/.][^\\/]*)([\\/]|$)/

export interface FileWatch {
  /** Whether the file is among those that are watched with the folder. */
  covers(file: string): boolean
  /** Files that matter: those elsewhere are watched, too, and the folders of the others kept an eye on. */
  add(files: readonly string[]): void
  close(): Promise<void>
}

export interface WatchObserver {
  /** The file has changed, has appeared or has gone. */
  changed(file: string): void
  /** Another folder is in the place of the one that was watched, or of one within it. */
  replaced(): void
  /** Changes may go unnoticed. */
  failed(error: Error): void
}

/** Watches a folder, also one that takes its place later. */
export async function watchFiles(folder: string, observer: WatchObserver): Promise<FileWatch> {
  const watched = new WatchedFolder(folder, observer)
  await watched.open()
  return watched
}

// A folder that is replaced takes the system's notices with it: a checkout of a branch without it and
// back, a build that makes it anew. Those of a single file end when it goes; it may come back in
// another folder of the same name.
const checkMs = 250

class WatchedFolder implements FileWatch {
  readonly #folder: string
  readonly #observer: WatchObserver
  readonly #others = new Map<string, string | undefined>()
  #watcher: FSWatcher | undefined
  /** Which folders they are, this and those of files within; undefined for one that has gone. */
  readonly #identities = new Map<string, string | undefined>()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(folder: string, observer: WatchObserver) {
    this.#folder = folder
    this.#observer = observer
  }

  async open(): Promise<void> {
    await this.#look()
    const watcher = watch(this.#folder, {
      ignoreInitial: true,
      ignored: (path) => ignored.test(path.slice(this.#folder.length)),
    })
    this.#watcher = watcher
    watcher.on('all', (event, path) => {
      if (event === 'add' || event === 'change' || event === 'unlink') this.#observer.changed(path)
      // It may be back, and the same, before anybody looks.
      if (event === 'unlinkDir' && this.#identities.has(path)) this.#identities.set(path, undefined)
    })
    watcher.on('error', (error) => this.#observer.failed(toError(error)))
    await isReady(watcher)
    this.#checkLater()
  }

  covers(file: string): boolean {
    const inside = relative(this.#folder, file)
    return !/^\.\.([\\/]|$)/.test(inside) && !isAbsolute(inside) && !ignored.test(inside)
  }

  add(files: readonly string[]): void {
    for (const file of files) {
      if (this.covers(file)) this.#keep(dirname(file))
      if (this.covers(file) || this.#others.has(file)) continue
      // At once: what is changed from here on must be noticed.
      this.#others.set(file, versionIn(statSync(file, { throwIfNoEntry: false })))
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#watcher?.close()
  }

  #checkLater(): void {
    if (this.#isClosed) return
    this.#timer = setTimeout(() => void this.#check(), checkMs)
  }

  #keep(folder: string): void {
    // One that is known already may have been replaced since anybody looked.
    if (this.#identities.has(folder)) return
    this.#identities.set(folder, identityIn(statSync(folder, { throwIfNoEntry: false })))
  }

  async #check(): Promise<void> {
    await this.#lookElsewhere()
    const isAnother = await this.#look()
    if (this.#isClosed || !isAnother) return this.#checkLater()
    await this.#watcher?.close()
    if (this.#isClosed) return
    await this.open()
    this.#observer.replaced()
  }

  async #lookElsewhere(): Promise<void> {
    for (const [file, version] of this.#others) {
      const now = versionIn(await stat(file).catch(() => undefined))
      if (now === version) continue
      this.#others.set(file, now)
      if (!this.#isClosed) this.#observer.changed(file)
    }
  }

  /** Whether there is another folder in the place of one. */
  async #look(): Promise<boolean> {
    let isAnother = false
    for (const folder of new Set([this.#folder, ...this.#identities.keys()])) {
      const identity = identityIn(await stat(folder).catch(() => undefined))
      if (identity !== undefined && identity !== this.#identities.get(folder)) isAnother = true
      this.#identities.set(folder, identity)
    }
    return isAnother
  }
}

// Where something cannot be watched, `error` comes first and the rest is ready all the same.
function isReady(watcher: FSWatcher): Promise<void> {
  return new Promise((resolve) => watcher.once('ready', resolve))
}

function identityIn(found: Stats | undefined): string | undefined {
  // Numbers of inodes are used again.
  return found && `${found.dev} ${found.ino} ${found.birthtimeMs}`
}

export function versionIn(found: Stats | undefined): string | undefined {
  return found && `${found.ino} ${found.mtimeMs} ${found.size}`
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
