import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { adapterModule, adapters } from '../doctor/adapters/adapters.ts'
import type { Loading } from '../doctor/loading.ts'
import { ownFolder, removeOwnFolder } from '../lambda/own-folder.ts'
import { bootstrapModule } from '../lambda/runtime-client.ts'
import { didYouMean } from '../properties/nearest.ts'
import type { Target } from '../targets/target.ts'
import type { DoctorArguments } from './arguments/doctor-options.ts'
import { LoadError, packageFolder } from './functions/bundle.ts'
import type { FunctionSettings, LoadedFunction } from './functions/function-settings.ts'
import { loadFunction } from './functions/local-function.ts'
import { StartError } from './terminal/start-error.ts'

/** What is examined. */
export interface LoadedSubject {
  /** Undefined when it does not start on this Node. */
  readonly loaded: Target | undefined
  readonly loadings: readonly Loading[]
  close(): Promise<void>
}

/**
 * Loads the function with each Node; the first one is this.
 * @throws StartError when there is nothing to load
 */
export async function loadSubject(args: DoctorArguments): Promise<LoadedSubject> {
  const environment = args.envFile === undefined ? {} : await readVariables(args.envFile)
  const placed = args.adapter === undefined ? undefined : await placeProbe(args.adapter, args)
  const settings: Omit<FunctionSettings, 'node'> = {
    functionName: 'doctor',
    file: placed?.file ?? resolve(args.file ?? ''),
    export: args.handler ?? 'handler',
    app: args.handler === undefined ? 'usual' : 'named',
    taskRoot: process.cwd(),
    runtime: 'bootstrap',
    timeoutMs: args.timeoutMs,
    memoryLimitInMB: 1024,
    environment,
    concurrency: 2,
    keepWarm: 1,
    output: () => {},
  }
  const loadings: Loading[] = []
  let loaded: LoadedFunction | undefined
  const close = async (): Promise<void> => {
    await loaded?.close()
    await placed?.remove()
  }
  try {
    for (const node of [undefined, ...args.nodes]) {
      const named = node ?? `Node ${process.versions.node}`
      const outcome = await load({ ...settings, node })
      loadings.push({ node: named, failure: 'failure' in outcome ? outcome.failure : undefined })
      if ('failure' in outcome) continue
      if (node === undefined) loaded = outcome
      else await outcome.close()
    }
    if (args.adapter !== undefined && !loaded) {
      throw new StartError(`${args.adapter} cannot be examined here: ${loadings[0]?.failure}`)
    }
  } catch (error) {
    await close()
    throw error
  }
  return { loaded: loaded?.target, loadings, close }
}

async function load(settings: FunctionSettings): Promise<LoadedFunction | { failure: string }> {
  try {
    return await loadFunction(settings, false, new AbortController().signal)
  } catch (error) {
    if (!(error instanceof LoadError)) throw error
    // Without a cause, it is not there, or cannot be built.
    if (error.cause === undefined) throw new StartError(error.message)
    return { failure: error.message.split('\n', 1)[0] ?? '' }
  }
}

/** The wrapper stands where the packages of the project are found, and never in its sources. */
async function placeProbe(
  name: string,
  { adapterOptions }: DoctorArguments,
): Promise<{ file: string; remove: () => Promise<void> }> {
  const wiring = adapters.get(name)
  if (!wiring) {
    const known = [...adapters.keys()]
    const near = didYouMean(name, known)
    throw new StartError(`--adapter is one of ${known.join(', ')}, got ${name}${near}`)
  }
  const home = packageFolder(resolve('package.json'))
  const folder = await ownFolder(join(home, 'node_modules/.cache/koa-alb-local'))
  const file = join(folder, 'probe.mjs')
  const probe = pathToFileURL(bootstrapModule('probe-app')).href
  await writeFile(file, adapterModule(wiring, probe, adapterOptions))
  return { file, remove: () => removeOwnFolder(folder) }
}

async function readVariables(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new StartError(`--env-file ${file} cannot be read: ${error.message}`)
  })
  const entries = Object.entries(parseEnv(text))
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']))
}
