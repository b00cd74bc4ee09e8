import { resolve } from 'node:path'
import type { FunctionOutput } from '../../lambda/environment.ts'
import { createLambdaTarget } from '../../lambda/lambda-target.ts'
import type { Target } from '../../targets/target.ts'
import { LoadError } from './bundle.ts'
import type { FunctionSettings, Loadable, Started } from './function-settings.ts'
import { createTarget, notWanted, reasonOf } from './start-failure.ts'

/** Starts the function in a process of its own. */
export async function startProcess(
  settings: FunctionSettings,
  { file, putBack }: Loadable,
  signal: AbortSignal,
): Promise<Started> {
  const { runtime, node, taskRoot, environment, ...rest } = settings
  // What has been built elsewhere has maps as well; without them it costs 1 µs for each stack that is read.
  const nodeOptions = ['--enable-source-maps', environment.NODE_OPTIONS].filter(Boolean).join(' ')
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
        environment: { ...environment, NODE_OPTIONS: nodeOptions },
        ...(node && { node: /[\\/]/.test(node) ? resolve(node) : node }),
      },
      { beforeStart: putBack, major: settings.major, debugPort: settings.debugPort },
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
