import { AsyncLocalStorage } from 'node:async_hooks'
import { format } from 'node:util'
import {
  callbackWarning,
  callWithCallback,
  type Handler,
  isCallbackStyle,
  takesCallbacks,
} from './callback.ts'
import { type ErrorDocument, errorDocument, loggedError } from './error-document.ts'
import { loadHandler } from './load-handler.ts'
import { type Received, RuntimeClient } from './runtime-client.ts'

const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const

const { AWS_LAMBDA_RUNTIME_API = '', AWS_LAMBDA_MAX_CONCURRENCY, _HANDLER = '' } = process.env
const { LAMBDA_TASK_ROOT = process.cwd() } = process.env

// The declared runtime, whichever Node runs it.
const [, version = process.versions.node] =
  /nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '') ?? []
const major = Number.parseInt(version, 10)

const requestIds = new AsyncLocalStorage<string>()
let idle: (() => void) | undefined
const client = new RuntimeClient(AWS_LAMBDA_RUNTIME_API)

patchConsole()
void run()

async function run(): Promise<void> {
  const handler = await init()
  for (let left = Number(AWS_LAMBDA_MAX_CONCURRENCY ?? 1); left > 0; left -= 1) void serve(handler)
}

async function init(): Promise<Handler> {
  try {
    const handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER, major)
    if (isCallbackStyle(handler)) {
      writeLine(levels.warn, callbackWarning('the handler', handler.length))
    }
    return handler
  } catch (error) {
    const document = errorDocument(error)
    // Of a syntax error, Node prints more.
    if (!(error instanceof SyntaxError)) logError('Init Error', document)
    await client.failInit(document)
    if (error instanceof SyntaxError) showCode(error)
    return process.exit(1)
  }
}

/**
 * Prints file, line and code of a syntax error without the frames, which are all Node's own.
 * @throws SyntaxError where only Node itself can print them
 */
function showCode(error: SyntaxError): void {
  const [shown = ''] = error.stack?.split(/\n {4}at /, 1) ?? []
  if (/^\S*SyntaxError/.test(shown)) throw Object.assign(error, { stack: shown })
  process.stderr.write(`${shown}\n`)
}

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    const invocation = await client.next().catch(leave)
    const requestId = String(invocation.headers['lambda-runtime-aws-request-id'])
    await requestIds.run(requestId, () => answer(handler, requestId, invocation))
  }
}

async function answer(
  handler: Handler,
  requestId: string,
  { headers, body }: Received,
): Promise<void> {
  const traceId = headers['lambda-runtime-trace-id']
  if (AWS_LAMBDA_MAX_CONCURRENCY === undefined) process.env._X_AMZN_TRACE_ID = String(traceId)
  let payload: string
  try {
    payload = serialized(await call(handler, JSON.parse(body), contextOf(requestId, headers)))
  } catch (error) {
    const document = errorDocument(error)
    logError('Invoke Error', document)
    await client.fail(requestId, document).catch(leave)
    return
  }
  await client.respond(requestId, payload).catch(leave)
}

function call(handler: Handler, event: unknown, context: ReturnType<typeof contextOf>): unknown {
  if (!takesCallbacks(major)) return handler(event, context)
  // With many invocations at once, one of them always waits for the next.
  const isAlone = AWS_LAMBDA_MAX_CONCURRENCY === undefined
  return callWithCallback(handler, event, context, isAlone ? whenIdle : undefined)
}

/** Emitted when nothing is left to wait for, anew after whatever comes of it. */
function whenIdle(then: () => void): void {
  if (idle) process.off('beforeExit', idle)
  idle = then
  process.once('beforeExit', idle)
}

function contextOf(requestId: string, headers: Received['headers']) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms'])
  const { env } = process
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: requestId,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    identity: undefined,
    clientContext: undefined,
    xRayTraceId: headers['lambda-runtime-trace-id'],
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  }
}

/** The entry that Lambda's client writes of an error, but for what cannot be written. */
function logError(title: string, document: ErrorDocument): void {
  writeLine(levels.error, `${title} \t${JSON.stringify(loggedError(document))}`)
}

// A result that is no JSON (undefined, a function) arrives as null.
function serialized(result: unknown): string {
  try {
    return JSON.stringify(result) ?? 'null'
  } catch (cause) {
    throw new TypeError(`the handler's result cannot be serialized: ${cause}`, { cause })
  }
}

// Nobody is there to work for any more.
function leave(): never {
  process.exit(1)
}

/** Makes console write lines as on Lambda: time, request id, level and text, with tabs between. */
function patchConsole(): void {
  for (const [method, level] of Object.entries(levels)) {
    Reflect.set(console, method, (...values: unknown[]) => writeLine(level, format(...values)))
  }
}

function writeLine(level: string, text: string): void {
  const id = requestIds.getStore() ?? '-'
  process.stdout.write(`${new Date().toISOString()}\t${id}\t${level}\t${text}\n`)
}
