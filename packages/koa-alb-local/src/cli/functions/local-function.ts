import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import type { Target } from '../../targets/target.ts'
import { placeAppModule, saidMark } from './app-module.ts'
import { LoadError, leadsToBuild, needsBuild } from './bundle.ts'
import type { FunctionSettings, Loadable, LoadedFunction, Started } from './function-settings.ts'
import { startInProcess } from './in-process-function.ts'
import { placeBundle } from './placed-bundle.ts'
import { startProcess } from './process-function.ts'
import { isSameFunction } from './same-function.ts'

/**
 * Builds the function if need be, and loads it afresh.
 * @param signal ends a start that is no longer wanted
 * @param current is given back if it is the same
 * @throws LoadError
 */
export async function loadFunction(
  settings: FunctionSettings,
  isWatched: boolean,
  signal: AbortSignal,
  current?: LoadedFunction,
): Promise<LoadedFunction> {
  const { file } = settings
  if (!existsSync(file)) {
    throw new LoadError(`${relative('', file)} does not exist: has it been built?`)
  }
  if (!/\.[cm]?[jt]sx?$/.test(file)) {
    throw new LoadError(`${relative('', file) || file} is no JavaScript or TypeScript file`)
  }
  if (settings.concurrency === 0) return throttledFunction(file)
  // What has been loaded once must start further processes while its files are being changed; and in
  // one process, Node loads a module of the same name only once.
  const isBuilt = needsBuild(file) || isWatched
  if (isBuilt || (await leadsToBuild(file, settings.environment.NODE_OPTIONS))) {
    return loadBundle(settings, signal, current)
  }
  return { ...(await start(settings, { file }, signal)), files: [file] }
}

function throttledFunction(file: string): LoadedFunction {
  const detail = 'Rate Exceeded: ReservedConcurrentExecutions is 0'
  const target: Target = { invoke: async () => ({ errorReason: 'LambdaThrottling', detail }) }
  return { target, initMs: 0, files: [file], close: async () => {} }
}

async function loadBundle(
  settings: FunctionSettings,
  signal: AbortSignal,
  current: LoadedFunction | undefined,
): Promise<LoadedFunction> {
  const placed = await placeBundle(settings.file, settings.environment.NODE_OPTIONS)
  const { digest } = placed
  const made = current?.made
  if (current && made?.digest === digest && isSameFunction(made.settings, settings)) {
    await placed.remove()
    return current
  }
  try {
    const loaded = await start(settings, placed, signal)
    const close = (): Promise<void> => loaded.close().finally(placed.remove)
    return { ...loaded, files: placed.sources, made: { digest, settings }, close }
  } catch (error) {
    await placed.remove()
    throw error
  }
}

async function start(
  settings: FunctionSettings,
  loadable: Loadable,
  signal: AbortSignal,
): Promise<Started> {
  if (settings.runtime === 'in-process') return startInProcess(settings, loadable.file, signal)
  const { app } = settings
  if (app === 'named' || settings.isExamined) return startApp(settings, loadable, signal)
  if (app === undefined) return startProcess(settings, loadable, signal)
  try {
    const output = withoutNotFound(settings.output)
    return await startProcess({ ...settings, output }, loadable, signal)
  } catch (error) {
    if (!isNotFound(error)) throw error
    return startApp(settings, loadable, signal)
  }
}

// No error where an app will do.
function withoutNotFound(output: FunctionSettings['output']): FunctionSettings['output'] {
  return (line, ...rest) => {
    if (!line.includes('"errorType":"Runtime.HandlerNotFound"')) output(line, ...rest)
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof LoadError && Object(error.cause).name === 'Runtime.HandlerNotFound'
}

/** A process whose handler is made of the app that the file exports, or reports on its handler. */
async function startApp(
  settings: FunctionSettings,
  loadable: Loadable,
  signal: AbortSignal,
): Promise<Started> {
  const asked = settings.app === 'named' ? settings.export : undefined
  const module = await placeAppModule({
    file: loadable.file,
    source: settings.file,
    export: asked,
    handler: settings.isExamined ? settings.export : undefined,
  })
  const putBack = async (): Promise<void> => {
    await loadable.putBack?.()
    await module.putBack()
  }
  const own = { ...settings, export: 'handler', output: sayingOnce(settings.output) }
  try {
    const started = await startProcess(own, { file: module.file, putBack }, signal)
    return { ...started, close: () => started.close().finally(module.remove) }
  } catch (error) {
    await module.remove()
    throw error
  }
}

// Each process says it.
function sayingOnce(output: FunctionSettings['output']): FunctionSettings['output'] {
  const said = new Set<string>()
  return (line, requestId, functionName) => {
    if (line.startsWith(saidMark)) {
      if (said.has(line)) return
      said.add(line)
    }
    output(line, requestId, functionName)
  }
}
