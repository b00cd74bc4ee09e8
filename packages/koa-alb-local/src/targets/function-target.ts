import {
  callbackRefusal,
  callbackWarning,
  callWithCallback,
  type Handler,
  isCallbackStyle,
  takesCallbacks,
} from '../bootstrap/callback.ts'
import { clearTimeout, holdingProcess, setTimeout, uptimeMs } from '../time/clock.ts'
import type { AlbEvent, LambdaContext, LambdaHandler } from '../types.ts'
import { headlineOf } from './function-error.ts'
import { functionArn, logGroupName, logStreamName } from './function-identity.ts'
import {
  checkTimeout,
  type Invocation,
  type InvocationOutcome,
  type Target,
  takeEvents,
} from './target.ts'

type Call = (toEvent: () => AlbEvent, invocation: Invocation) => Promise<InvocationOutcome>

export interface FunctionTargetOptions {
  /** Milliseconds after which an invocation counts as failed. Default 30,000; at most 900,000. */
  timeoutMs?: number
  /** `context.functionName`. Default `koa-alb-local`. */
  functionName?: string
  /** `context.memoryLimitInMB`; nothing is limited. Default 1024. */
  memoryLimitInMB?: number
}

/**
 * A target that calls the handler in this process, with an event of plain JSON and a context with a
 * real deadline. What it returns is serialized, as Lambda's runtime would.
 *
 * An invocation that times out is answered with 502, but unlike in Lambda its code runs on.
 * A handler of three parameters is called with a callback below Node 24, as in the runtimes for these.
 * @throws TypeError when `handler` is no function, or one of more than two parameters from Node 24 on
 */
export function functionTarget(handler: LambdaHandler, options?: FunctionTargetOptions): Target {
  return createFunctionTarget(handler, options, Number.parseInt(process.versions.node, 10))
}

/** The target of a function whose runtime has the major version. */
export function createFunctionTarget(
  handler: LambdaHandler,
  {
    timeoutMs = 30_000,
    functionName = 'koa-alb-local',
    memoryLimitInMB = 1024,
  }: FunctionTargetOptions = {},
  major: number,
): Target {
  checkHandler(handler, major)
  checkTimeout(timeoutMs)
  const describe = contextFactory(functionName, String(memoryLimitInMB))
  const call: Call = (toEvent, { requestId }) => {
    const context = describe(requestId, uptimeMs() + timeoutMs)
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(timedOut(timeoutMs)), timeoutMs)
      void run(handler, toEvent, context, major).then((outcome) => {
        clearTimeout(timer)
        resolve(outcome)
      })
    })
  }
  const target: Target = {
    invoke: (event, invocation) => holdingProcess(() => call(() => JSON.parse(event), invocation)),
  }
  takeEvents(target, (event, invocation) => call(() => event, invocation))
  return target
}

async function run(
  handler: LambdaHandler,
  toEvent: () => AlbEvent,
  context: LambdaContext,
  major: number,
): Promise<InvocationOutcome> {
  try {
    // `never` stands for the absence of a callback in the Node 24 runtime; older ones pass one.
    const result = await (takesCallbacks(major)
      ? callWithCallback(handler as Handler, toEvent(), context)
      : handler(toEvent(), context, undefined as never))
    return { payload: serialized(result) }
  } catch (cause) {
    return {
      errorReason: 'LambdaUnhandled',
      detail: `the handler failed: ${headlineOf(cause)}`,
      cause,
    }
  }
}

// A result that is no JSON (undefined, a function) arrives as null, as from Lambda's runtime.
function serialized(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null'
  } catch (cause) {
    throw new TypeError(`the handler's result cannot be serialized: ${cause}`, { cause })
  }
}

function timedOut(timeoutMs: number): InvocationOutcome {
  const detail = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`
  return { errorReason: 'LambdaUnhandled', detail }
}

function contextFactory(
  functionName: string,
  memoryLimitInMB: string,
): (requestId: string, deadline: number) => LambdaContext {
  const stream = logStreamName()
  const arn = functionArn(functionName)
  const group = logGroupName(functionName)
  return (awsRequestId, deadline) => ({
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB,
    awsRequestId,
    logGroupName: group,
    logStreamName: stream,
    identity: undefined,
    clientContext: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - uptimeMs())),
  })
}

function checkHandler(handler: unknown, major: number): void {
  if (typeof handler !== 'function') {
    throw new TypeError(`target must be a handler function or a Target, got ${typeof handler}`)
  }
  if (!isCallbackStyle(handler)) return
  const { length } = handler
  if (!takesCallbacks(major)) throw new TypeError(callbackRefusal('the handler', length))
  process.emitWarning(callbackWarning('the handler', length))
}
