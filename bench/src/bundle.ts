import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build } from 'esbuild'
import type { Contestant } from './contestants/contestants.ts'

/** The folder of the package, seen from the bundle of main.ts in .cache. */
const benchFolder = fileURLToPath(new URL('..', import.meta.url))
export const cacheFolder = join(benchFolder, '.cache')

/** The worker of a contestant, with every app, each loaded when a task asks for it. */
export async function bundleWorker({ id, family }: Contestant): Promise<string> {
  return bundle(`worker-${id}`, false, workerLines(id, family))
}

/** The same with the sources of the adapter in a folder, as they are in this tree or were in a commit. */
export async function bundleWorkerOf(name: string, packageFolder: string): Promise<string> {
  const alias = { 'koa-alb': join(packageFolder, 'src/index.ts') }
  const lines = workerLines('koa-alb', 'koa')
  return bundle(`gate-${name}`, false, lines, { alias, tsconfigRaw: {} })
}

function workerLines(id: string, family: string): string[] {
  return [
    `import { wrap } from './src/contestants/${id}.ts'`,
    `import { createApp } from './src/contestants/${family}.ts'`,
    `import { work } from './src/worker/worker.ts'`,
    'work(async (scenario, mode) => wrap(await createApp(scenario), mode))',
  ]
}

/** A function as one would deploy it: the small JSON app in a contestant, minified. */
export async function bundleFunction({ id, family }: Contestant): Promise<string> {
  return bundle(`function-${id}`, true, [
    `import { wrap } from './src/contestants/${id}.ts'`,
    `import { createJsonApp } from './src/contestants/${family}.ts'`,
    `export const handler = wrap(createJsonApp(), 'single')`,
  ])
}

/** The small JSON app in no contestant at all: what a function's size is compared with. */
export async function bundleAppAlone(): Promise<string> {
  return bundle('app-alone', true, [
    `import { createJsonApp } from './src/contestants/koa.ts'`,
    'export const listener = createJsonApp().callback()',
  ])
}

/** What a cold start runs; it loads the bundle it is given. */
export async function bundleColdStart(): Promise<string> {
  return bundle('cold-start', true, [`import './src/worker/cold-start.ts'`])
}

export interface BundleSize {
  readonly bytes: number
  readonly gzippedBytes: number
}

export function sizeOf(path: string): BundleSize {
  const content = readFileSync(path)
  return { bytes: content.length, gzippedBytes: gzipSync(content).length }
}

/** The version installed of what a contestant stands for. */
export function versionOf(name: string): string {
  const manifest = join(benchFolder, 'node_modules', name, 'package.json')
  return JSON.parse(readFileSync(manifest, 'utf8')).version
}

// CommonJS, as most functions are bundled; Koa's dependencies are CommonJS anyway.
async function bundle(
  name: string,
  minify: boolean,
  lines: readonly string[],
  more: BuildOptions = {},
): Promise<string> {
  const outfile = join(cacheFolder, `${name}.cjs`)
  await build({
    stdin: { contents: lines.join('\n'), resolveDir: benchFolder, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify,
    logLevel: 'error',
    ...more,
  })
  return outfile
}
