import { once } from 'node:events'
import { type FSWatcher, watch } from 'chokidar'

// Packages, caches and version control: nothing in them is the project's own source.
const ignored = /(^|[\\/])(node_modules|\.[^\\/.][^\\/]*)([\\/]|$)/

export interface FileWatch {
  /** Files elsewhere that matter, too. */
  add(files: readonly string[]): void
  close(): Promise<void>
}

/** Watches these files, and calls back with each that changes or appears again. */
export async function watchEach(
  files: readonly string[],
  onChange: (file: string) => void,
): Promise<Pick<FileWatch, 'close'>> {
  const watcher: FSWatcher = watch([...files], { ignoreInitial: true })
  watcher.on('add', onChange).on('change', onChange)
  await once(watcher, 'ready')
  return watcher
}

/** Watches a folder, and calls back with each file in it that changes, appears or goes. */
export async function watchFiles(
  folder: string,
  onChange: (file: string) => void,
): Promise<FileWatch> {
  const watcher: FSWatcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => ignored.test(path.slice(folder.length)),
  })
  watcher.on('all', (event, path) => {
    if (event === 'add' || event === 'change' || event === 'unlink') onChange(path)
  })
  await once(watcher, 'ready')
  return {
    add(files) {
      const others = files.filter((file) => !file.startsWith(folder))
      if (others.length > 0) watcher.add(others)
    },
    close: () => watcher.close(),
  }
}
