import { statSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { type FileWatch, versionIn, watchFiles } from './file-watch.ts'
import { isInside, packageFolder } from './package-folder.ts'

interface Observer {
  changed(file: string): void
  /** The folder of the files for which this holds has been replaced. */
  replaced(isInside: (file: string) => boolean): void
  failed(text: string): void
}

/** The folders of the packages of functions, watched, and what else the functions are made of. */
export class FunctionWatch {
  readonly #observer: Observer
  readonly #folders = new Map<string, Promise<FileWatch>>()
  readonly #opened = new Map<string, FileWatch>()
  #isClosed = false

  constructor(observer: Observer) {
    this.#observer = observer
  }

  /** Watches the packages that these files belong to. */
  async open(files: readonly string[]): Promise<void> {
    if (this.#isClosed) return
    await Promise.all(files.map((file) => this.#open(packageFolder(file))))
  }

  /** Files that matter, wherever they are; of a package whose package.json is among them, all of it. */
  add(files: readonly string[]): void {
    if (this.#isClosed) return
    for (const file of files) {
      if (basename(file) === 'package.json') this.#take(dirname(file))
    }
    const folders = [...this.#folders.keys()]
    for (const folder of folders) {
      void this.#addTo(
        folder,
        files.filter((file) => isInside(file, folder)),
      )
    }
    const others = files.filter((file) => !folders.some((folder) => isInside(file, folder)))
    const [first] = this.#opened.values()
    first?.add(others)
  }

  /** Watches no folder any more that has none of these files, all that matter. */
  keep(files: readonly string[]): void {
    const idle = [...this.#folders].filter(
      ([folder]) => !files.some((file) => isInside(file, folder)),
    )
    for (const [folder, opening] of idle) {
      this.#folders.delete(folder)
      this.#opened.delete(folder)
      void opening.then((watch) => watch.close())
    }
    // What lies elsewhere may have been among those of one that is closed.
    if (idle.length > 0) this.add(files)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const watches = await Promise.all(this.#folders.values())
    await Promise.all(watches.map((watch) => watch.close()))
  }

  #take(folder: string): void {
    const folders = [...this.#folders.keys()]
    // The root of a workspace has all of it, and much more.
    const isAround = folders.some((own) => isInside(own, folder) || isInside(folder, own))
    if (isAround) return
    // What is missing may have come before anybody looked.
    void this.#open(folder).then(() => this.#observer.changed(folder))
  }

  async #addTo(folder: string, files: readonly string[]): Promise<void> {
    const before = files.map(versionNow)
    const watch = await this.#open(folder)
    watch.add(files)
    // What has changed before the system told of it.
    for (const [index, file] of files.entries()) {
      if (versionNow(file) !== before[index]) this.#observer.changed(file)
    }
  }

  #open(folder: string): Promise<FileWatch> {
    const opening = this.#folders.get(folder) ?? this.#watch(folder)
    this.#folders.set(folder, opening)
    return opening
  }

  async #watch(folder: string): Promise<FileWatch> {
    const watch: FileWatch = await watchFiles(folder, {
      changed: (file) => this.#observer.changed(resolve(file)),
      replaced: () => this.#observer.replaced((file) => watch.covers(file)),
      failed: ({ message }) =>
        this.#observer.failed(`changes in ${folder} may go unnoticed: ${message}`),
    })
    if (this.#folders.has(folder)) this.#opened.set(folder, watch)
    return watch
  }
}

function versionNow(file: string): string | undefined {
  return versionIn(statSync(file, { throwIfNoEntry: false }))
}
