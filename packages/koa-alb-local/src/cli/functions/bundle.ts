import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { type BuildOptions, build, formatMessages, type Metafile } from 'esbuild'
import { decoratorMetadata } from './decorator-metadata.ts'
import { packageFolder } from './package-folder.ts'
import { locationNames, sourceLocations } from './source-locations.ts'
import { customConditions } from './tsconfig.ts'
import { workspacePackages } from './workspace-packages.ts'

/** A function cannot be loaded; the message has all there is to say, over several lines. */
export class LoadError extends Error {
  override readonly name = 'LoadError'
  /** Files in or beside which the reason may be, packages of the workspace among them. */
  readonly files: readonly string[]

  constructor(message: string, { files = [], ...options }: LoadErrorOptions = {}) {
    super(message, options)
    this.files = files
  }
}

interface LoadErrorOptions {
  readonly cause?: unknown
  readonly files?: readonly string[]
}

const moduleSyntax = /^[ \t]*(?:import|export)\b/m
const built = /\.([cm]?ts|[jt]sx)$/

/** Whether Node cannot load the file as it is. */
export function needsBuild(file: string): boolean {
  return built.test(file)
}

/**
 * Bundles the project's own modules into one file; packages stay where they are, but for those of the
 * workspace. Stack traces, `import.meta.url` and `__dirname` name the source files.
 * @param nodeOptions of the function, which may name conditions of `exports`
 * @returns the files it was made of
 * @throws LoadError
 */
export async function bundle(
  file: string,
  outfile: string,
  nodeOptions: string | undefined,
): Promise<readonly string[]> {
  const { inputs, manifests } = await run(file, nodeOptions, {
    outfile,
    sourcemap: 'inline',
    keepNames: true,
    format: outfile.endsWith('.cjs') ? 'cjs' : 'esm',
    define: locationNames,
  })
  if (outfile.endsWith('.mjs') && Object.values(inputs).some(({ format }) => format === 'cjs')) {
    await giveRequire(outfile)
  }
  return [...Object.keys(inputs).map((input) => resolve(input)), ...manifests]
}

/** `.cjs` or `.mjs`: what tsc would make of the file, or Node takes it for. */
export async function bundleExtension(file: string): Promise<'.cjs' | '.mjs'> {
  const extension = extname(file)
  if (extension.startsWith('.c')) return '.cjs'
  if (extension.startsWith('.m')) return '.mjs'
  const manifest = join(packageFolder(file), 'package.json')
  const text = existsSync(manifest) ? await readFile(manifest, 'utf8') : '{}'
  const { type }: { type?: unknown } = JSON.parse(text)
  if (type === 'module') return '.mjs'
  // Without a type, later Nodes look into the file.
  if (type === 'commonjs' || needsBuild(file)) return '.cjs'
  return moduleSyntax.test(await readFile(file, 'utf8')) ? '.mjs' : '.cjs'
}

// What is larger is a bundle, of which nothing is missing, and takes long to look through.
const handwrittenBytes = 500_000

/**
 * Whether a file that Node can load leads to one of the project that it cannot.
 * @throws LoadError when a package of the workspace has not been built
 */
export async function leadsToBuild(
  file: string,
  nodeOptions: string | undefined,
): Promise<boolean> {
  if ((await stat(file)).size > handwrittenBytes) return false
  const scanning = run(file, nodeOptions, { format: 'esm', write: false })
  const { inputs } = await scanning.catch((error: LoadError) => {
    if (error.files.length > 0) throw error
    // Node says what is wrong with it.
    return { inputs: {} }
  })
  return Object.keys(inputs).some(needsBuild)
}

/** What would be in the bundle; empty when there can be none. */
export async function bundledText(file: string): Promise<string> {
  const options = optionsFor(file, undefined, { format: 'esm', write: false })
  const { outputFiles } = await build(options).catch(() => ({ outputFiles: undefined }))
  return outputFiles?.[0]?.text ?? ''
}

interface Built {
  readonly inputs: Metafile['inputs']
  /** The package.json of each package of the workspace in the bundle. */
  readonly manifests: readonly string[]
}

async function run(
  file: string,
  nodeOptions: string | undefined,
  own: BuildOptions,
): Promise<Built> {
  const manifests = new Set<string>()
  const options = optionsFor(file, nodeOptions, own, (manifest) => manifests.add(manifest))
  try {
    const { metafile } = await build({ ...options, metafile: true })
    return { inputs: metafile.inputs, manifests: [...manifests] }
  } catch (error) {
    throw await toLoadError(error, [...manifests])
  }
}

function optionsFor(
  file: string,
  nodeOptions: string | undefined,
  own: BuildOptions,
  onPackage: (manifest: string) => void = () => {},
): BuildOptions {
  const conditions = [...conditionsIn(nodeOptions), ...customConditions(dirname(resolve(file)))]
  const format = own.format === 'cjs' ? 'cjs' : 'esm'
  const packages = { home: packageFolder(file), format, conditions, onPackage } as const
  return {
    ...own,
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    // As in a process of Node, without what esbuild adds for bundlers.
    conditions,
    mainFields: ['main'],
    plugins: [workspacePackages(packages), decoratorMetadata, sourceLocations],
    // Files of layers.
    external: ['/opt/*'],
    logLevel: 'silent',
  }
}

function conditionsIn(nodeOptions = ''): string[] {
  return [...nodeOptions.matchAll(/(?:--conditions|-C)[= ](\S+)/g)].map(([, name = '']) => name)
}

const requireOfBundle =
  "import { createRequire as __createRequire } from 'node:module'; var require = __createRequire(import.meta.url); "

// For the CommonJS modules in it: esbuild calls `require` where there is one. In one line with its own
// first one, which the source map knows nothing of.
async function giveRequire(outfile: string): Promise<void> {
  const code = await readFile(outfile, 'utf8')
  await writeFile(outfile, code.replace(/^(?:#!.*\n)?/, `$&${requireOfBundle}`))
}

async function toLoadError(error: unknown, files: readonly string[]): Promise<LoadError> {
  // A BuildFailure is an Error with this list, and no class of its own.
  if (!(error instanceof Error && 'errors' in error && Array.isArray(error.errors))) {
    return new LoadError(String(error), { cause: error, files })
  }
  const texts = await formatMessages(error.errors, { kind: 'error', terminalWidth: 100 })
  return new LoadError(texts.join('\n').trim(), { cause: error, files })
}
