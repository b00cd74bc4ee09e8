import { pathToFileURL } from 'node:url'
import { appHandler } from '../../bootstrap/app-handler.ts'
import { headlineOf } from '../../targets/function-error.ts'
import { createFunctionTarget } from '../../targets/function-target.ts'
import { uptimeMs } from '../../time/clock.ts'
import type { LambdaHandler } from '../../types.ts'
import { saidMark } from './app-module.ts'
import { LoadError } from './bundle.ts'
import type { FunctionSettings, Started } from './function-settings.ts'
import { createTarget, notWanted, reasonOf } from './start-failure.ts'

/** Loads the function into this process. */
export async function startInProcess(
  settings: FunctionSettings,
  file: string,
  signal: AbortSignal,
): Promise<Started> {
  const { functionName, timeoutMs, memoryLimitInMB } = settings
  setVariables(functionName, settings.environment)
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

/** What this process had before a function was given a variable of that name. */
const before = new Map<string, string | undefined>()
const given = new Map<string, readonly string[]>()

// Those that the function had when it was loaded last, and has no more, are as they were.
function setVariables(functionName: string, variables: FunctionSettings['environment']): void {
  const last = given.get(functionName) ?? []
  const names = Object.keys(variables)
  given.set(functionName, names)
  const needed = new Set([...given.values()].flat())
  for (const name of last.filter((each) => !needed.has(each))) {
    const value = before.get(name)
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  for (const name of names) if (!before.has(name)) before.set(name, process.env[name])
  Object.assign(process.env, variables)
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

// What hangs in this process cannot be ended, only left alone.
function rejectedOn(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new LoadError(notWanted.detail))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
