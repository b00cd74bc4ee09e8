import { resolve } from 'node:path'
import type { Target } from '../targets/target.ts'
import { LoadError } from './functions/bundle.ts'
import { loadFunction } from './functions/local-function.ts'
import { StartError } from './terminal/start-error.ts'

interface ReplayedHandler {
  readonly target: Target
  close(): Promise<void>
}

/** Loads the handler of a file, in a runtime process. @throws StartError */
export async function loadHandler(file: string, name = 'handler'): Promise<ReplayedHandler> {
  const settings = {
    functionName: 'replay',
    file: resolve(file),
    export: name,
    app: name === 'handler' ? ('usual' as const) : ('named' as const),
    taskRoot: process.cwd(),
    runtime: 'bootstrap' as const,
    timeoutMs: 30_000,
    memoryLimitInMB: 1024,
    environment: {},
    concurrency: 1,
    keepWarm: 1,
    node: undefined,
    output: () => {},
  }
  try {
    const { target, close } = await loadFunction(settings, false, new AbortController().signal)
    return { target, close }
  } catch (error) {
    if (!(error instanceof LoadError)) throw error
    // Without a cause, it is not there or cannot be built, and the message names the file.
    const named = error.cause === undefined ? '' : `${file}: `
    throw new StartError(named + error.message, { cause: error })
  }
}
