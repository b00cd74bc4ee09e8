import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appHandler } from '../../bootstrap/app-handler.ts'
import type { FunctionOutput } from '../../lambda/environment.ts'
import { createLambdaTarget } from '../../lambda/lambda-target.ts'
import { shownFailure } from '../../log/shown-failure.ts'
import { headlineOf } from '../../targets/function-error.ts'
import { createFunctionTarget } from '../../targets/function-target.ts'
import type { InvocationFailure, Target } from '../../targets/target.ts'
import { uptimeMs } from '../../time/clock.ts'
import type { LambdaHandler } from '../../types.ts'
import type { RuntimeName } from '../arguments/arguments.ts'
import { placeAppModule, saidMark } from './app-module.ts'
import { LoadError, needsBuild } from './bundle.ts'
import { placeBundle } from './placed-bundle.ts'

export interface FunctionSettings {
  readonly functionName: string
  /** JavaScript or TypeScript, absolute. */
  readonly file: string
  /** The name of the exported handler. */
  readonly export: string
  /** Whether an app will do instead of a handler: under that name, or under the usual ones. */
  readonly app?: 'named' | 'usual' | undefined
  readonly taskRoot: string
  readonly runtime: RuntimeName
  readonly node: string | undefined
  /** Of the Node runtime that it declares, if it does. */
  readonly major?: number | undefined
  readonly timeoutMs: number
  readonly memoryLimitInMB: number
  readonly environment: Readonly<Record<string, string>>
  /** 0 throttles every invocation. */
  readonly concurrency: number
  /** Invocations at once in one environment, as on Managed Instances. */
  readonly maxConcurrency?: number
  readonly keepWarm: number
  readonly output: (line: string, requestId: string | undefined, functionName: string) => void
  /** Whether errors are printed as the function's log has them, besides with their request. */
  readonly keepsErrorLines?: boolean
}

/** A function that has been loaded: it answers. */
export interface LoadedFunction {
  readonly target: Target
  readonly initMs: number
  /** The files it was made of, packages not counted. */
  readonly files: readonly string[]
  /** Lets invocations finish, then ends what runs it. */
  close(): Promise<void>
}

/**
 * Builds the function if need be, and loads it afresh.
 * @param signal ends a start that is no longer wanted
 * @throws LoadError
 */
export async function loadFunction(
  settings: FunctionSettings,
  isWatched: boolean,
  signal: AbortSignal,
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
  if (needsBuild(file) || isWatched) return loadBundle(settings, signal)
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
): Promise<LoadedFunction> {
  const placed = await placeBundle(settings.file)
  try {
    const loaded = await start(settings, placed, signal)
    const close = (): Promise<void> => loaded.close().finally(placed.remove)
    return { ...loaded, files: placed.sources, close }
  } catch (error) {
    await placed.remove()
    throw error
  }
}

/** What is loaded, and what brings it back for a process that starts later. */
interface Loadable {
  readonly file: string
  putBack?(): Promise<void>
}

async function start(
  settings: FunctionSettings,
  loadable: Loadable,
  signal: AbortSignal,
): Promise<Started> {
  if (settings.runtime === 'in-process') return startInProcess(settings, loadable.file, signal)
  const { app } = settings
  if (app === 'named') return startApp(settings, loadable, signal)
  try {
    return await startProcess(settings, loadable, signal)
  } catch (error) {
    if (app === undefined || !isNotFound(error)) throw error
    return startApp(settings, loadable, signal)
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof LoadError && Object(error.cause).name === 'Runtime.HandlerNotFound'
}

/** A process whose handler is made of the app that the file exports. */
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

type Started = Omit<LoadedFunction, 'files'>

async function startProcess(
  settings: FunctionSettings,
  { file, putBack }: Loadable,
  signal: AbortSignal,
): Promise<Started> {
  const { runtime, node, taskRoot, environment, ...rest } = settings
  const options = [file !== settings.file && '--enable-source-maps', environment.NODE_OPTIONS]
  const nodeOptions = options.filter(Boolean).join(' ')
  const isOfficial = runtime === 'official'
  const output: FunctionOutput = (line, requestId) =>
    rest.output(line, requestId, rest.functionName)
  const target = createTarget(() =>
    createLambdaTarget(
      {
        functionName: rest.functionName,
        timeoutMs: rest.timeoutMs,
        memoryLimitInMB: rest.memoryLimitInMB,
        concurrency: rest.concurrency,
        ...(rest.maxConcurrency !== undefined && { maxConcurrency: rest.maxConcurrency }),
        keepWarm: rest.keepWarm,
        output: isOfficial || rest.keepsErrorLines ? output : withoutErrors(output),
        handler: { file, export: settings.export },
        taskRoot,
        runtime: isOfficial ? 'official' : 'bootstrap',
        environment: { ...environment, ...(nodeOptions && { NODE_OPTIONS: nodeOptions }) },
        ...(node && { node: /[\\/]/.test(node) ? resolve(node) : node }),
      },
      { beforeStart: putBack, major: settings.major },
    ),
  )
  const end = (): void => void target.close()
  signal.addEventListener('abort', end)
  const init = signal.aborted ? notWanted : await target.warmUp()
  signal.removeEventListener('abort', end)
  if ('initMs' in init && !('errorReason' in init)) {
    const { initMs } = init
    const close = (): Promise<void> => target.close()
    return { target: isOfficial ? withoutCauses(target) : target, initMs, close }
  }
  await target.close()
  const reason = reasonOf(isOfficial ? { ...init, cause: undefined } : init)
  throw new LoadError(reason, { cause: init.cause })
}

async function startInProcess(
  settings: FunctionSettings,
  file: string,
  signal: AbortSignal,
): Promise<Started> {
  const { functionName, timeoutMs, memoryLimitInMB } = settings
  Object.assign(process.env, settings.environment)
  process.setSourceMapsEnabled(true)
  const startedAt = uptimeMs()
  const loading = loadHere(settings, file).catch((error: unknown) => {
    if (error instanceof LoadError) throw error
    const failure = {
      errorReason: 'LambdaUnhandled',
      detail: headlineOf(error),
      cause: error,
    } as const
    throw new LoadError(reasonOf(failure), { cause: error })
  })
  const handler = await Promise.race([loading, rejectedOn(signal)])
  // Its parameters cannot be seen; the target checks their number.
  const called = handler as LambdaHandler
  const options = { functionName, timeoutMs, memoryLimitInMB }
  const { major = Number.parseInt(process.versions.node, 10) } = settings
  const target = createTarget(() => createFunctionTarget(called, options, major))
  return { target, initMs: uptimeMs() - startedAt, close: async () => {} }
}

// The terminal shows each error with its request; our own client tells of it all that it logs.
function withoutErrors(output: FunctionOutput): FunctionOutput {
  return (line, requestId) => {
    if (!/^\S+\t\S+\tERROR\t(?:Invoke|Init) Error \t\{/.test(line)) output(line, requestId)
  }
}

// AWS's client tells of no code and no cause; its line on the log has them, and the stack.
function withoutCauses(target: Target): Target {
  return {
    async invoke(event, invocation) {
      const outcome = await target.invoke(event, invocation)
      return 'payload' in outcome ? outcome : { ...outcome, cause: undefined }
    },
  }
}

async function loadHere(settings: FunctionSettings, file: string): Promise<unknown> {
  const loaded: unknown = await import(pathToFileURL(file).href)
  const exports = Object(loaded)
  const { app, export: name } = settings
  const handler: unknown = exports[name] ?? Object(exports.default)[name]
  if (typeof handler === 'function' && app !== 'named') return handler
  if (app !== undefined) {
    const say = (text: string): void =>
      settings.output(`${saidMark}${text}`, undefined, settings.functionName)
    const asked = app === 'named' ? name : undefined
    return appHandler({ file, source: settings.file, export: asked, say })
  }
  const names = Object.keys(exports).join(', ') || 'nothing'
  throw new LoadError(`${settings.file} has no function ${name}; it exports ${names}`)
}

const notWanted: InvocationFailure = {
  errorReason: 'LambdaServiceException',
  detail: 'the start is no longer wanted',
}

// What hangs in this process cannot be ended, only left alone.
function rejectedOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new LoadError(notWanted.detail))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

function createTarget<Kind>(create: () => Kind): Kind {
  try {
    return create()
  } catch (error) {
    throw new LoadError(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

/** Why the function did not start; a stack of ours says nothing more. */
function reasonOf({ detail, errorReason, cause }: InvocationFailure): string {
  const { headline, remedy, rest } = shownFailure(detail, cause)
  const isOfFunction = errorReason === 'LambdaUnhandled'
  return [headline, remedy, isOfFunction ? rest : undefined]
    .filter((line) => line !== undefined)
    .join('\n')
}
