import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BuildOptions, build, formatMessages, type Loader, type Plugin } from 'esbuild'
import { decoratorMetadata } from './decorator-metadata.ts'

/** A function cannot be loaded; the message has all there is to say, over several lines. */
export class LoadError extends Error {
  override readonly name = 'LoadError'
}

const moduleSyntax = /^[ \t]*(?:import|export)\b/m
const built = /\.([cm]?ts|[jt]sx)$/

/** Whether Node cannot load the file as it is. */
export function needsBuild(file: string): boolean {
  return built.test(file)
}

/**
 * Bundles the project's own modules into one file; packages stay where they are. Stack traces,
 * `import.meta.url` and `__dirname` name the source files. Returns those.
 * @throws LoadError
 */
export async function bundle(file: string, outfile: string): Promise<readonly string[]> {
  return run(file, {
    outfile,
    sourcemap: 'inline',
    keepNames: true,
    format: outfile.endsWith('.cjs') ? 'cjs' : 'esm',
    plugins: [decoratorMetadata, sourceLocations],
    define: {
      'import.meta.url': '__sourceUrl',
      'import.meta.filename': '__sourceFile',
      'import.meta.dirname': '__sourceFolder',
      __filename: '__sourceFile',
      __dirname: '__sourceFolder',
    },
  })
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

/** The folder of the package a file belongs to, or that of the file. */
export function packageFolder(file: string): string {
  const own = dirname(resolve(file))
  for (let folder = own; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
  }
  return own
}

/** What would be in the bundle; empty when there can be none. */
export async function bundledText(file: string): Promise<string> {
  const options: BuildOptions = { ...optionsFor(file), format: 'esm', write: false }
  const { outputFiles } = await build(options).catch(() => ({ outputFiles: undefined }))
  return outputFiles?.[0]?.text ?? ''
}

function optionsFor(file: string): BuildOptions {
  return {
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    target: `node${process.versions.node}`,
    packages: 'external',
    // Files of layers.
    external: ['/opt/*'],
    logLevel: 'silent',
  }
}

async function run(file: string, options: BuildOptions): Promise<readonly string[]> {
  try {
    const { metafile } = await build({ ...options, ...optionsFor(file), metafile: true })
    return Object.keys(metafile?.inputs ?? {}).map((input) => resolve(input))
  } catch (error) {
    throw await toLoadError(error)
  }
}

async function toLoadError(error: unknown): Promise<LoadError> {
  // A BuildFailure is an Error with this list, and no class of its own.
  if (!(error instanceof Error && 'errors' in error && Array.isArray(error.errors))) {
    return new LoadError(String(error), { cause: error })
  }
  const texts = await formatMessages(error.errors, { kind: 'error', terminalWidth: 100 })
  return new LoadError(texts.join('\n').trim(), { cause: error })
}

const loaders: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
}

const usesLocation = /\bimport\.meta\b|\b__(?:file|dir)name\b/

// In one line with the first one of the source, so that line numbers stay; columns of that line do
// not, so only where it is needed.
const sourceLocations: Plugin = {
  name: 'source-locations',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      if (!usesLocation.test(source)) return undefined
      const constants = [
        `__sourceUrl = ${JSON.stringify(pathToFileURL(path).href)}`,
        `__sourceFile = ${JSON.stringify(path)}`,
        `__sourceFolder = ${JSON.stringify(dirname(path))}`,
      ]
      const contents = `const ${constants.join(', ')}; ${source.replace(/^#!.*/, '')}`
      return { contents, loader: loaders[extname(path)] ?? 'js' }
    })
  },
}
