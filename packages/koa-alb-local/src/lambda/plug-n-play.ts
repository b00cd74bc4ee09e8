import { existsSync, readdirSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ownFolder } from './own-folder.ts'

/**
 * The arguments with which Node finds the packages of a file in a project of Yarn's Plug'n'Play; none
 * for other files, and for those that have their packages nearer, as in an asset.
 * @see https://yarnpkg.com/features/pnp
 */
export function plugNPlayArguments(file: string): readonly string[] {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const hook = join(folder, '.pnp.cjs')
    if (existsSync(hook)) return ['--require', hook, ...loaderArguments(folder)]
    if (hasPackages(join(folder, 'node_modules'))) return []
  }
  return []
}

// Yarn writes it where a package of the project is an ES module.
function loaderArguments(folder: string): readonly string[] {
  const loader = join(folder, '.pnp.loader.mjs')
  return existsSync(loader) ? ['--experimental-loader', pathToFileURL(loader).href] : []
}

// Under Plug'n'Play there are caches, ours for one, whose names start with a dot.
function hasPackages(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => !name.startsWith('.'))
}

let copied: Promise<string> | undefined

/**
 * The own module where any Node finds it: under Plug'n'Play it is in an archive, which a function that
 * has its packages elsewhere cannot read.
 */
export async function onDisk(module: string): Promise<string> {
  if (process.versions.pnp === undefined) return module
  copied ??= copy(dirname(module)).catch((error) => {
    copied = undefined
    throw error
  })
  return join(await copied, basename(module))
}

async function copy(from: string): Promise<string> {
  const folder = await ownFolder(tmpdir(), 'koa-alb-local-')
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const name of await readdir(from)) {
    if (name.endsWith('.js')) await writeFile(join(folder, name), await readFile(join(from, name)))
  }
  return folder
}
