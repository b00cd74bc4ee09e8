import type { LambdaErrorReason } from '../answer/refusal.ts'
import type { AlbEvent, LambdaContext, LambdaHandler } from '../types.ts'
import { functionArn, logGroupName, logStreamName } from './function-identity.ts'

/** What an invocation came to: the document as JSON text, or why there is none. */
export type InvocationOutcome = (
  | { readonly payload: string }
  | {
      readonly errorReason: LambdaErrorReason
      readonly detail: string
      /** The error behind it, if there is one: for the log. */
      readonly cause?: unknown
    }
) & {
  /** Milliseconds of the init phase, when the invocation had to wait for it: a cold start. */
  readonly initMs?: number
}

/** The outcome of an invocation without a document. */
export type InvocationFailure = Exclude<InvocationOutcome, { readonly payload: string }>

/** Where the load balancer sends events. It knows nothing of HTTP. */
export interface Target {
  /** Takes the event as JSON text; every failure of the function is an outcome, not a rejection. */
  invoke(event: string, invocation: Invocation): Promise<InvocationOutcome>
}

interface Invocation {
  readonly requestId: string
}

type Call = (toEvent: () => AlbEvent, invocation: Invocation) => Promise<InvocationOutcome>

const calls = new WeakMap<Target, Call>()

export interface FunctionTargetOptions {
  /** Milliseconds after which an invocation counts as failed. Default 30,000; at most 900,000. */
  timeoutMs?: number
  /** `context.functionName`. Default `koa-alb-local`. */
  functionName?: string
  /** `context.memoryLimitInMB`; nothing is limited. Default 1024. */
  memoryLimitInMB?: number
}

const maximumTimeoutMs = 900_000

/**
 * A target that calls the handler in this process, with an event of plain JSON and a context with a
 * real deadline. What it returns is serialized, as Lambda's runtime would.
 *
 * An invocation that times out is answered with 502, but unlike in Lambda its code runs on.
 * @throws TypeError when `handler` is no function of at most two parameters
 */
export function functionTarget(
  handler: LambdaHandler,
  {
    timeoutMs = 30_000,
    functionName = 'koa-alb-local',
    memoryLimitInMB = 1024,
  }: FunctionTargetOptions = {},
): Target {
  checkHandler(handler)
  checkTimeout(timeoutMs)
  const describe = contextFactory(functionName, String(memoryLimitInMB))
  const call: Call = (toEvent, { requestId }) => {
    const context = describe(requestId, performance.now() + timeoutMs)
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(timedOut(timeoutMs)), timeoutMs)
      void run(handler, toEvent, context).then((outcome) => {
        clearTimeout(timer)
        resolve(outcome)
      })
    })
  }
  const target: Target = {
    invoke: (event, invocation) => call(() => JSON.parse(event), invocation),
  }
  calls.set(target, call)
  return target
}

/**
 * Invokes a target with an event that nobody else holds. A handler in this process gets it as it is:
 * it is plain JSON, and the way there and back through text takes 8 % of a request's CPU time.
 */
export function invokeWith(
  target: Target,
  event: AlbEvent,
  invocation: Invocation,
): Promise<InvocationOutcome> {
  const call = calls.get(target)
  return call ? call(() => event, invocation) : target.invoke(JSON.stringify(event), invocation)
}

async function run(
  handler: LambdaHandler,
  toEvent: () => AlbEvent,
  context: LambdaContext,
): Promise<InvocationOutcome> {
  try {
    // No callback is passed, as in the Node 24 runtime: `never` stands for its absence.
    const result = await handler(toEvent(), context, undefined as never)
    return { payload: serialized(result) }
  } catch (cause) {
    return { errorReason: 'LambdaUnhandled', detail: `the handler failed: ${cause}`, cause }
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
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
  })
}

function checkHandler(handler: unknown): void {
  if (typeof handler !== 'function') {
    throw new TypeError(`target must be a handler function or a Target, got ${typeof handler}`)
  }
  if (handler.length > 2) {
    throw new TypeError(
      `the handler declares ${handler.length} parameters; the Node 24 runtime starts no function with more than two (event, context)`,
    )
  }
}

export function checkTimeout(timeoutMs: number): void {
  if (!(timeoutMs > 0 && timeoutMs <= maximumTimeoutMs)) {
    throw new TypeError(
      `timeoutMs must be over 0 and at most ${maximumTimeoutMs}, got ${timeoutMs}`,
    )
  }
}
