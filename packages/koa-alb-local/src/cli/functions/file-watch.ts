import { unwatchFile, watchFile } from 'node:fs'
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

/** Watches these files, and calls back with each that changes or appears again. */
export async function watchEach(
  files: readonly string[],
  onChange: (file: string) => void,
): Promise<Pick<FileWatch, 'close'>> {
  const watcher: FSWatcher = watch([...files], { ignoreInitial: true })
  // Nothing but a notice depends on it.
  watcher
    .on('add', onChange)
    .on('change', onChange)
    .on('error', () => {})
  await isReady(watcher)
  return watcher
}

/** Watches a folder, also one that takes its place later. */
export async function watchFiles(folder: string, observer: WatchObserver): Promise<FileWatch> {
  const watched = new WatchedFolder(folder, observer)
  await watched.open()
  return watched
}

// A folder that is replaced takes the system's notices with it: a checkout of a branch without it and
// back, a build that makes it anew.
const checkMs = 500

// The system's notices of a single file end when it goes; it may come back in another folder of the
// same name.
const lookMs = 250

class WatchedFolder implements FileWatch {
  readonly #folder: string
  readonly #observer: WatchObserver
  readonly #others = new Set<string>()
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
      if (this.covers(file)) void this.#keep(dirname(file))
      if (this.covers(file) || this.#others.has(file)) continue
      this.#others.add(file)
      watchFile(file, { interval: lookMs, persistent: false }, () => this.#observer.changed(file))
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const file of this.#others) unwatchFile(file)
    await this.#watcher?.close()
  }

  #checkLater(): void {
    if (this.#isClosed) return
    this.#timer = setTimeout(() => void this.#check(), checkMs)
  }

  async #keep(folder: string): Promise<void> {
    const identity = await identityOf(folder)
    // One that is known already may have been replaced since anybody looked.
    if (!this.#identities.has(folder)) this.#identities.set(folder, identity)
  }

  async #check(): Promise<void> {
    const isAnother = await this.#look()
    if (this.#isClosed || !isAnother) return this.#checkLater()
    await this.#watcher?.close()
    if (this.#isClosed) return
    await this.open()
    this.#observer.replaced()
  }

  /** Whether there is another folder in the place of one. */
  async #look(): Promise<boolean> {
    let isAnother = false
    for (const folder of new Set([this.#folder, ...this.#identities.keys()])) {
      const identity = await identityOf(folder)
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

async function identityOf(folder: string): Promise<string | undefined> {
  const found = await stat(folder).catch(() => undefined)
  // Numbers of inodes are used again.
  return found && `${found.dev} ${found.ino} ${found.birthtimeMs}`
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
