import { isBuiltin } from 'node:module'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ImportKind, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild'
import { DevelopmentSources } from './development-sources.ts'
import { isInside, packageFolder } from './package-folder.ts'
import { linkedFolder, nothingBehind, packageName } from './workspace-package.ts'

// Marks what this plugin itself has asked for.
const asked = Symbol('workspace-packages')

interface Settings {
  /** The folder of the function's package, from where the bundle's own imports are looked for. */
  readonly home: string
  readonly format: 'cjs' | 'esm'
  /** Of `exports`, besides those of Node. */
  readonly conditions: readonly string[]
  /** Gets the package.json of each package of the workspace that is, or should be, in the bundle. */
  onPackage(manifest: string): void
}

/**
 * Packages stay where they are, but for those of the workspace, which `node_modules` only links to:
 * they are the project's own modules.
 */
export function workspacePackages(settings: Settings): Plugin {
  return {
    name: 'workspace-packages',
    setup(build) {
      const sources = new DevelopmentSources(settings.conditions)
      build.onEnd(() => sources.close())
      build.onResolve({ filter: /^[^./]|\.node$/ }, async (args) => {
        if (args.kind === 'entry-point' || args.pluginData === asked) return undefined
        if (isBuiltin(args.path) || isAbsolute(args.path)) return undefined
        // `data:` and the like are esbuild's.
        if (URL.canParse(args.path)) return undefined
        return resolved(build, args, settings, sources)
      })
    },
  }
}

async function resolved(
  build: PluginBuild,
  args: OnResolveArgs,
  { home, format, onPackage }: Settings,
  sources: DevelopmentSources,
): Promise<OnResolveResult | undefined> {
  const { path, resolveDir, importer } = args
  // What Node gets is the bundle, which requires where it is CommonJS.
  const isRequired = format === 'cjs' && args.kind === 'import-statement'
  const kind: ImportKind = isRequired ? 'require-call' : args.kind
  const lookUp = (from: string) =>
    build.resolve(path, { kind, resolveDir: from, importer, pluginData: asked })
  const found = await lookUp(resolveDir)
  if (found.external) return found
  const isMissing = found.errors.length > 0
  if (isMissing || isElsewhere(found.path, home)) {
    const folder = isMissing ? linkedFolder(path, resolveDir) : packageFolder(found.path)
    // Node says itself what it does not find, if it is asked at all.
    if (folder === undefined) return { path, external: true }
    const manifest = join(folder, 'package.json')
    onPackage(manifest)
    const source = await sources.find({ path, kind, resolveDir }, manifest)
    if (source !== undefined && isOwn(source, home)) return { path: source }
    if (isMissing) return { errors: [{ text: nothingBehind(path, folder) }] }
  }
  const isBinary = found.path.endsWith('.node')
  if (isOwn(found.path, home)) {
    if (!isBinary && kind !== 'require-resolve') return { path: found.path }
  } else if (isNamed(path, found.path) && (await lookUp(home)).path === found.path) {
    return { path, external: true }
  }
  const isPath = isBinary || kind === 'require-call' || kind === 'require-resolve'
  return { path: isPath ? found.path : pathToFileURL(found.path).href, external: true }
}

/** Whether it is of another package of the workspace. */
function isElsewhere(path: string, home: string): boolean {
  return isOwn(path, home) && !isInside(path, home)
}

// esbuild has followed the links.
function isOwn(path: string, home: string): boolean {
  const rest = isInside(path, home) ? path.slice(home.length) : path
  return !/[\\/]node_modules[\\/]/.test(rest)
}

/** Whether Node would find it by this name: not what only tsconfig.json or `imports` lead to. */
function isNamed(specifier: string, path: string): boolean {
  return path.includes(`/node_modules/${packageName(specifier)}/`)
}
