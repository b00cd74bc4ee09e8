import { readFile, realpath, writeFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { parseEnv } from 'node:util'
import { adapterModule, adapters, bundledAdapters } from '../doctor/adapters/adapters.ts'
import type { Loading } from '../doctor/loading.ts'
import { isTooLongInit } from '../lambda/environment.ts'
import { ownFolder, removeOwnFolder } from '../lambda/own-folder.ts'
import { bootstrapModule } from '../lambda/runtime-client.ts'
import { didYouMean } from '../properties/nearest.ts'
import type { Target } from '../targets/target.ts'
import type { DoctorArguments } from './arguments/doctor-options.ts'
import { LoadError } from './functions/bundle.ts'
import type { FunctionSettings, LoadedFunction } from './functions/function-settings.ts'
import { loadFunction } from './functions/local-function.ts'
import { packageFolder } from './functions/package-folder.ts'
import { bundleWhole } from './functions/whole-bundle.ts'
import { StartError } from './terminal/start-error.ts'

/** What is examined. */
export interface LoadedSubject {
  /** Undefined when it does not start on this Node. */
  readonly loaded: Target | undefined
  /** What reports on its handler; undefined when that does not start either. */
  readonly reporting: Target | undefined
  readonly loadings: readonly Loading[]
  close(): Promise<void>
}

// Its report takes ten calls of the handler.
const callsOfReport = 10

/**
 * Loads the function with each Node; the first one is this.
 * @throws StartError when there is nothing to load
 */
export async function loadSubject(
  settings: FunctionSettings,
  nodes: readonly string[],
): Promise<LoadedSubject> {
  const open: LoadedFunction[] = []
  const close = async (): Promise<void> => {
    for (const each of open) await each.close()
  }
  const kept = (outcome: Outcome): Target | undefined => {
    if ('failure' in outcome) return undefined
    open.push(outcome)
    return outcome.target
  }
  try {
    const outcome = await load(settings)
    const loaded = kept(outcome)
    const loadings = [loadingOf(`Node ${process.versions.node}`, outcome)]
    for (const node of nodes) {
      const other = await load({ ...settings, node })
      loadings.push(loadingOf(node, other))
      if (!('failure' in other)) await other.close()
    }
    const timeoutMs = Math.min(callsOfReport * settings.timeoutMs, 900_000)
    const isTooLong = 'failure' in outcome && outcome.isTooLong
    const reporting = isTooLong
      ? undefined
      : kept(await load({ ...settings, timeoutMs, isExamined: true }))
    return { loaded, reporting, loadings, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Outcome = LoadedFunction | { readonly failure: string; readonly isTooLong: boolean }

function loadingOf(node: string, outcome: Outcome): Loading {
  return 'failure' in outcome ? { node, ...outcome } : { node, initMs: outcome.initMs }
}

async function load(settings: FunctionSettings): Promise<Outcome> {
  try {
    return await loadFunction(settings, false, new AbortController().signal)
  } catch (error) {
    if (!(error instanceof LoadError)) throw error
    const failure = error.message.split('\n', 1)[0] ?? ''
    const isTooLong = isTooLongInit(failure)
    // Without a cause, it is not there, or cannot be built.
    if (error.cause === undefined && !isTooLong) throw new StartError(error.message)
    return { failure, isTooLong }
  }
}

/** How a file is examined, or the probe app in an adapter. */
export interface Examined {
  readonly settings: FunctionSettings
  remove(): Promise<void>
}

/** @throws StartError when nobody knows the adapter */
export async function examinedBy(args: DoctorArguments): Promise<Examined> {
  const environment = args.envFile === undefined ? {} : await readVariables(args.envFile)
  const placed = args.adapter === undefined ? undefined : await placeProbe(args.adapter, args)
  const settings: FunctionSettings = {
    functionName: 'doctor',
    file: placed?.file ?? resolve(args.file ?? ''),
    export: args.handler ?? 'handler',
    app: args.handler === undefined ? 'usual' : 'named',
    taskRoot: process.cwd(),
    runtime: 'bootstrap',
    node: undefined,
    timeoutMs: args.timeoutMs,
    memoryLimitInMB: 1024,
    environment,
    concurrency: 2,
    keepWarm: 1,
    output: () => {},
  }
  return { settings, remove: async () => placed?.remove() }
}

/** The adapter that the file names, or its project depends on, if it is one that can be examined. */
export async function adapterBeside(file: string): Promise<string | undefined> {
  const places = [file, join(packageFolder(file), 'package.json')]
  const texts = await Promise.all(places.map((each) => readFile(each, 'utf8').catch(() => '')))
  const isNamed = (text: string, name: string): boolean =>
    ["'", '"'].some((quote) => text.includes(quote + name + quote))
  return texts.flatMap((text) => [...adapters.keys()].filter((name) => isNamed(text, name)))[0]
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
  // Bundlers know no URLs of files, and Node no absolute paths of Windows.
  const app = relative(await realpath(folder), bootstrapModule('probe-app')).replaceAll(sep, '/')
  await writeFile(file, adapterModule(wiring, `./${app}`, adapterOptions))
  const remove = (): Promise<void> => removeOwnFolder(folder)
  if (!bundledAdapters.includes(name)) return { file, remove }
  try {
    const bundle = join(folder, 'bundle.mjs')
    await bundleWhole(file, bundle)
    return { file: bundle, remove }
  } catch (error) {
    await remove()
    if (!(error instanceof LoadError)) throw error
    throw notExaminable(name, error.message)
  }
}

export function notExaminable(adapter: string, reason: string): StartError {
  const [, missing] =
    /(?:Cannot find package|Could not resolve) ['"]((?:@[\w.-]+\/)?[\w.-]+)['"/]/.exec(reason) ?? []
  return new StartError(
    missing === undefined
      ? `${adapter} cannot be examined here: ${reason}`
      : `--adapter ${adapter} needs ${missing}, which is not installed here: npm install --save-dev ${missing}`,
  )
}

async function readVariables(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new StartError(`--env-file ${file} cannot be read: ${error.message}`)
  })
  const entries = Object.entries(parseEnv(text))
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? '']))
}
