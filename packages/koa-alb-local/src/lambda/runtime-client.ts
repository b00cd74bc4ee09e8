import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ownFile } from '../targets/own-file.ts'
import type { NodeBinary } from './node-binary.ts'

/** `bootstrap` is our own small client; `official` is AWS's `aws-lambda-ric`. */
export type RuntimeClientName = 'bootstrap' | 'official'

const officialPackage = 'aws-lambda-ric'

/**
 * The file that Node runs in an execution environment.
 * @throws Error that says how to install the official client when it is not there
 */
export function runtimeClientFile(name: RuntimeClientName, directory: string): string {
  if (name === 'bootstrap') return bootstrapModule('bootstrap')
  try {
    return createRequire(join(directory, 'package.json')).resolve(officialPackage)
  } catch (cause) {
    throw new Error(
      `runtime 'official' needs the package ${officialPackage} 4, not found from ${directory}: npm install --save-dev ${officialPackage} (Linux, Node 22 or later; builds with autoconf, automake, libtool, cmake, make, g++ and python3)`,
      { cause },
    )
  }
}

/**
 * The arguments for Node, as in the managed runtimes: these also set the heap's share of the memory.
 * @throws Error when this Node is too old for the client
 */
export function runtimeArguments(
  file: string,
  name: RuntimeClientName,
  node: NodeBinary,
  memoryLimitInMB: number,
): string[] {
  if (name === 'official' && node.major < 22) {
    throw new Error(`${officialPackage} needs Node 22 or later; ${node.file} is Node ${node.major}`)
  }
  return [
    '--expose-gc',
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.max(1, Math.floor(memoryLimitInMB / 20))}`,
    `--max-old-space-size=${Math.floor((memoryLimitInMB * 9) / 10)}`,
    file,
  ]
}

// The client runs in a plain Node process, so it is always the built one, and the ES module: only
// there `import()` is one. Seen from `dist/esm` and `dist/cjs`, or from `src` in the workspace.
export function bootstrapModule(name: string): string {
  const candidates = ['../../esm', '../../dist/esm'].map((folder) =>
    join(dirname(ownFile()), folder, `bootstrap/${name}.js`),
  )
  const file = candidates.find((candidate) => existsSync(candidate))
  if (!file) throw new Error(`koa-alb-local has not been built: no ${candidates.join(' or ')}`)
  return file
}
