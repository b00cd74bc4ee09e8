import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { FunctionOutput } from '../../lambda/environment.ts'
import { createLambdaTarget } from '../../lambda/lambda-target.ts'
import { shownError } from '../../log/printable.ts'
import { shownFailure } from '../../log/shown-failure.ts'
import { createFunctionTarget } from '../../targets/function-target.ts'
import type { InvocationFailure, Target } from '../../targets/target.ts'
import { uptimeMs } from '../../time/clock.ts'
import type { LambdaHandler } from '../../types.ts'
import type { RuntimeName } from '../arguments/arguments.ts'
import { LoadError, needsBuild } from './bundle.ts'
import { placeBundle } from './placed-bundle.ts'

export interface FunctionSettings {
  readonly functionName: string
  /** JavaScript or TypeScript, absolute. */
  readonly file: string
  /** The name of the exported handler. */
  readonly export: string
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
  const start = settings.runtime === 'in-process' ? startInProcess : startProcess
  return { ...(await start(settings, file, signal)), files: [file] }
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
    const loaded =
      settings.runtime === 'in-process'
        ? await startInProcess(settings, placed.file, signal)
        : await startProcess(settings, placed.file, signal, placed.putBack)
    const close = (): Promise<void> => loaded.close().finally(placed.remove)
    return { ...loaded, files: placed.sources, close }
  } catch (error) {
    await placed.remove()
    throw error
  }
}

type Started = Omit<LoadedFunction, 'files'>

async function startProcess(
  settings: FunctionSettings,
  file: string,
  signal: AbortSignal,
  beforeStart?: () => Promise<void>,
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
      { beforeStart, major: settings.major },
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
  throw new LoadError(reasonOf(isOfficial ? { ...init, cause: undefined } : init))
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
  const loading: Promise<unknown> = import(pathToFileURL(file).href).catch((error: unknown) => {
    throw new LoadError(shownError(error), { cause: error })
  })
  const loaded = await Promise.race([loading, rejectedOn(signal)])
  const exports = Object(loaded)
  const handler: unknown = exports[settings.export] ?? Object(exports.default)[settings.export]
  if (typeof handler !== 'function') {
    const names = Object.keys(exports).join(', ') || 'nothing'
    throw new LoadError(`${settings.file} has no function ${settings.export}; it exports ${names}`)
  }
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
