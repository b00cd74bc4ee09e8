import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'

/** The folder of the package a file belongs to, or that of the file. */
export function packageFolder(file: string): string {
  const own = dirname(resolve(file))
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return own
}

export function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path)
  return !/^\.\.([\\/]|$)/.test(inside) && !isAbsolute(inside)
}
