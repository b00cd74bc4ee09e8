import { existsSync, readFileSync, realpathSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join, relative } from 'node:path'

interface Manifest {
  readonly main?: unknown
  readonly exports?: unknown
  readonly scripts?: Readonly<Record<string, string>>
}

/** The package of a specifier: `@acme/lib` of `@acme/lib/some/file`. */
export function packageName(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
}

/** The folder of a package of the workspace, which `node_modules` links to; undefined for others. */
export function linkedFolder(specifier: string, from: string): string | undefined {
  const name = packageName(specifier)
  for (let folder = from; ; folder = dirname(folder)) {
    const linked = realPath(join(folder, 'node_modules', name))
    if (linked !== undefined) return isOfPackages(linked) ? undefined : linked
    if (folder === dirname(folder)) return plugged(name, from)
  }
}

/** Why there is nothing behind the specifier in this package, and what to do. */
export function nothingBehind(specifier: string, folder: string): string {
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const place = relative('', folder) || '.'
  const subpath = `.${specifier.slice(packageName(specifier).length)}`
  const missing = targets(manifest, subpath).find((path) => !existsSync(join(folder, path)))
  const why =
    missing === undefined
      ? `does not lead to a file for ${subpath}`
      : `leads to ${missing}, which does not exist`
  const remedies = [
    ...(missing === undefined ? [] : [`build it${script(manifest, place)}`]),
    ...sources(folder, subpath).map(
      (path) => `${missing ? 'or ' : ''}${development(subpath, path)}`,
    ),
  ]
  const remedy = remedies.length > 0 ? `: ${remedies.join(', ')}` : ''
  return `"${specifier}" is a package of this workspace, in ${place}, whose package.json ${why}${remedy}`
}

/** The files that the package has for it, under whatever condition. */
function targets({ exports, main }: Manifest, subpath: string): readonly string[] {
  if (exports === undefined) return subpath === '.' && typeof main === 'string' ? [main] : []
  const entries = Object.entries(Object(exports))
  if (!entries.some(([key]) => key.startsWith('.'))) return subpath === '.' ? texts(exports) : []
  for (const [key, value] of entries) {
    const [before = '', after] = key.split('*')
    if (key === subpath) return texts(value)
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue
    const part = subpath.slice(before.length, subpath.length - after.length)
    return texts(value).map((text) => text.replaceAll('*', part))
  }
  return []
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  const entries = Object.entries(Object(value)).filter(([key]) => !key.startsWith('types'))
  return entries.flatMap(([, each]) => texts(each))
}

function script({ scripts }: Manifest, place: string): string {
  return scripts?.build === undefined ? '' : ` (npm run build in ${place})`
}

function development(subpath: string, path: string): string {
  const where = subpath === '.' ? '' : ` for ${subpath}`
  return `give its exports${where} the condition "development": "./${path}"`
}

function sources(folder: string, subpath: string): readonly string[] {
  const name = subpath === '.' ? 'index' : subpath.slice(2)
  const found = [`src/${name}.ts`, `src/${name}.js`, `${name}.ts`].filter((each) =>
    existsSync(join(folder, each)),
  )
  return found.slice(0, 1)
}

function isOfPackages(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path)
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

// Yarn's Plug'n'Play has no links; `.pnp.cjs`, with which this process runs, tells.
function plugged(name: string, from: string): string | undefined {
  try {
    const folder: unknown = Object(Module)
      .findPnpApi?.(join(from, '/'))
      .resolveToUnqualified(name, join(from, '/'))
    return typeof folder === 'string' && !isOfPackages(folder) ? folder : undefined
  } catch {
    return undefined
  }
}
