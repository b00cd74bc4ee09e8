import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { Code, type Runtime } from 'aws-cdk-lib/aws-lambda'
import { AssetHashType, DockerImage } from 'aws-cdk-lib/core'
import type { BuildOptions, Loader } from 'esbuild'
import { AlbConstructError } from './errors.ts'
import type { BundlingOptions } from './options.ts'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** A bundled entry, and how Lambda finds its handler. */
export interface Bundle {
  code: Code
  handler: string
}

/**
 * Bundles the entry with esbuild in this process. NodejsFunction would fall back to Docker where it
 * finds no esbuild, runs it through the package manager of a lock file that must exist, and ships
 * nothing but the bundle.
 */
export function bundle(
  entry: string,
  runtime: Runtime,
  props: ApplicationLoadBalancedFunctionProps,
): Bundle {
  const { handler = 'handler', include = [], bundling = {} } = props
  const file = resolve(entry)
  const root = packageFolder(file)
  const format = bundling.format ?? formatOf(file, root)
  // Lambda takes the text after the first dot for the name of the export.
  const name = basename(file, extname(file)).replaceAll('.', '-')
  const folder = relative(root, dirname(file))
  const extension = format === 'esm' ? '.mjs' : '.cjs'
  const options = {
    ...buildOptions(file, format, runtime, bundling),
    // Paths in the bundle and its source map are relative to these: the same on every machine.
    absWorkingDir: root,
    outfile: join(root, folder, name + extension),
  }
  const code = Code.fromAsset(root, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used, but required, as is a command: the CDK takes bundlings for equal that print alike.
      image: DockerImage.fromRegistry('esbuild-runs-in-this-process'),
      command: [JSON.stringify({ options, include })],
      local: {
        tryBundle(outputFolder) {
          build(options, outputFolder)
          for (const path of include) {
            cpSync(join(root, path), join(outputFolder, path), { recursive: true })
          }
          return true
        },
      },
    },
  })
  return { code, handler: `${[...folder.split(sep), name].filter(Boolean).join('/')}.${handler}` }
}

interface EntryOptions extends BuildOptions {
  absWorkingDir: string
}

function build(options: EntryOptions, outputFolder: string): void {
  const { absWorkingDir: root } = options
  const { buildSync } = loadEsbuild(root)
  for (const { path, contents } of buildSync({ ...options, write: false }).outputFiles) {
    const output = join(outputFolder, relative(root, path))
    mkdirSync(dirname(output), { recursive: true })
    writeFileSync(output, contents)
  }
}

function buildOptions(
  file: string,
  format: 'esm' | 'cjs',
  runtime: Runtime,
  { minify = true, sourceMap = true, externalModules = [], define, loader }: BundlingOptions,
): BuildOptions {
  return {
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    target: `node${/\d+/.exec(runtime.name)?.[0]}`,
    format,
    minify,
    sourcemap: sourceMap,
    sourcesContent: false,
    // The managed Node runtimes bring the SDK along.
    external: ['@aws-sdk/*', '@smithy/*', ...externalModules],
    // esbuild types the loaders' names; a wrong one is its to refuse.
    loader: { ...loader } as Record<string, Loader>,
    define: { ...(format === 'esm' && commonJsNames), ...define },
    ...(format === 'esm' && { banner: { js: requireInModules } }),
    logLevel: 'warning',
  }
}

// CommonJS packages in an ES module: they may call require() and ask where they are.
const requireInModules =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);"
const commonJsNames = {
  __dirname: 'import.meta.dirname',
  __filename: 'import.meta.filename',
}

/** The nearest folder with a package.json, from the entry upwards. */
export function packageFolder(file: string): string {
  const start = dirname(resolve(file))
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return start
  }
}

/** ES module or CommonJS, as Node itself decides. */
function formatOf(file: string, root: string): 'esm' | 'cjs' {
  if (/\.m[jt]s$/.test(file)) return 'esm'
  if (/\.c[jt]s$/.test(file)) return 'cjs'
  const manifest = join(root, 'package.json')
  if (!existsSync(manifest)) return 'cjs'
  return JSON.parse(readFileSync(manifest, 'utf8')).type === 'module' ? 'esm' : 'cjs'
}

/** esbuild as installed for the CDK app, which runs in its own folder, or else for the entry's package. */
function loadEsbuild(root: string): typeof import('esbuild') {
  for (const folder of [process.cwd(), root]) {
    const require = createRequire(join(folder, 'package.json'))
    if (canResolve(require)) return require('esbuild')
  }
  const message = `There is no esbuild in ${process.cwd()} or ${root}: npm install --save-dev esbuild`
  throw new AlbConstructError('Bundling needs esbuild', [{ code: 'ALB_CDK_NO_ESBUILD', message }])
}

function canResolve(require: NodeJS.Require): boolean {
  try {
    return Boolean(require.resolve('esbuild'))
  } catch {
    return false
  }
}
