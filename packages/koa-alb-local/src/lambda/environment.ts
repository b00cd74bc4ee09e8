import { traceId } from '../targets/function-identity.ts'
import type { InvocationFailure, InvocationOutcome } from '../targets/target.ts'
import { machineTimeMs, uptimeMs } from '../time/clock.ts'
import { AttributedLines } from './attributed-lines.ts'
import type { DebugPort } from './debug-port.ts'
import { exitErrorType, Runtime } from './runtime.ts'
import type { RuntimeCommand } from './runtime-process.ts'
import { within } from './time-limit.ts'

/** Gets each line that a function writes, with the id of the request that it belongs to, if any. */
export type FunctionOutput = (line: string, requestId?: string) => void

export interface EnvironmentSettings {
  /** What to run in a new environment. */
  readonly command: () => Promise<Omit<RuntimeCommand, 'output'>>
  readonly output: FunctionOutput
  readonly functionArn: string
  /** `Infinity` for no limit, as while it is debugged. */
  readonly timeoutMs: number
  readonly initTimeoutMs: number
  /** Invocations at once; undefined for one at a time, as outside of Managed Instances. */
  readonly maxConcurrency: number | undefined
  /** Through which debuggers reach its process. */
  readonly debugPort?: DebugPort | undefined
}

interface Started {
  readonly runtime: Runtime
  readonly initMs: number
  /** What of it counts as time of the first invocation. */
  readonly chargedMs: number
}

const tooLong = 'the function did not start within'

/** Whether a function failed because its init phase took too long. */
export function isTooLongInit(detail: string): boolean {
  return detail.startsWith(tooLong)
}

/** Milliseconds of the init phase, or why it failed. */
export type InitOutcome = { readonly initMs: number } | InvocationFailure

// A runtime gets this long between SIGTERM and SIGKILL.
const shutdownMs = 500
// What a function without a limit is told, so that no timer of its own fires before.
const dayMs = 86_400_000

/**
 * One execution environment: starts at once, runs invocations, and is gone after a crash, a failed
 * init or a timeout.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  readonly #settings: EnvironmentSettings
  readonly #onGone: () => void
  readonly #isAhead: boolean
  readonly #init: Promise<Started | InvocationFailure | undefined>
  #runtime: Runtime | undefined
  #running = 0
  #isWarm = false
  #isReady = false
  #isClosing = false
  readonly #lines = new AttributedLines()

  /** @param isAhead whether it starts before anybody invokes it */
  constructor(settings: EnvironmentSettings, onGone: () => void, isAhead = false) {
    this.#settings = settings
    this.#onGone = onGone
    this.#isAhead = isAhead
    this.#init = this.#initialise()
  }

  get hasRoom(): boolean {
    return this.#running < (this.#settings.maxConcurrency ?? 1)
  }

  /** Whether it has started and waits for an invocation. */
  get isIdle(): boolean {
    return this.#isReady && this.#running === 0
  }

  async invoke(event: string, requestId: string): Promise<InvocationOutcome> {
    this.#running += 1
    this.#lines.begin(requestId)
    try {
      const init = await this.#init
      if (!init) return this.#timedOut(requestId)
      if (!('runtime' in init)) return init
      const isFirst = !this.#isWarm
      this.#isWarm = true
      const limitMs = this.#settings.timeoutMs - (isFirst ? init.chargedMs : 0)
      const outcome = await this.#run(init.runtime, event, requestId, limitMs)
      return isFirst ? { ...outcome, initMs: init.initMs } : outcome
    } finally {
      this.#running -= 1
    }
  }

  /** Settles when the init phase is over. What is invoked then does not wait for it any more. */
  async warmUp(): Promise<InitOutcome> {
    const init = await this.#init
    if (!init) return { errorReason: 'LambdaUnhandled', detail: 'the init phase timed out twice' }
    if (!('runtime' in init)) return init
    this.#isWarm = true
    return { initMs: init.initMs }
  }

  /** Ends it: at once while it starts, else as Lambda does. */
  async shutDown(): Promise<void> {
    this.#isClosing = true
    if (!this.#isReady) this.#runtime?.kill()
    await this.#init
    await this.#runtime?.shutDown(shutdownMs)
  }

  async #run(
    runtime: Runtime,
    event: string,
    requestId: string,
    limitMs: number,
  ): Promise<InvocationOutcome> {
    const { functionArn, maxConcurrency } = this.#settings
    if (this.#running === 1) runtime.forgetErrors()
    const deadlineMs = Math.floor(machineTimeMs() + Math.min(limitMs, dayMs))
    const invocation = { requestId, event, deadlineMs, functionArn, traceId: traceId() }
    const outcome = await within(limitMs, runtime.run(invocation))
    if (outcome) return 'error' in outcome ? failed('the handler failed', outcome.error) : outcome
    // On Managed Instances the code runs on beside the other invocations.
    if (maxConcurrency !== undefined) runtime.abandon(requestId)
    else this.#discard(runtime)
    return this.#timedOut(requestId)
  }

  /** The runtime, why it did not start, or undefined when that took the invocation's whole time. */
  async #initialise(): Promise<Started | InvocationFailure | undefined> {
    const { initTimeoutMs, timeoutMs, output } = this.#settings
    const first = await this.#start(initTimeoutMs)
    if (first) return first
    // The service then tries once more, as a part of the invocation.
    output(
      `INIT_REPORT Init Duration: ${initTimeoutMs.toFixed(2)} ms\tPhase: init\tStatus: timeout`,
    )
    // Until there is an invocation, there is no time of one.
    if (this.#isAhead && this.#running === 0) {
      this.#onGone()
      const detail = `${tooLong} ${initTimeoutMs / 1000} s, the limit of the init phase`
      return { errorReason: 'LambdaUnhandled', detail }
    }
    const second = await this.#start(timeoutMs)
    if (!second) this.#onGone()
    return second && 'runtime' in second ? { ...second, chargedMs: second.initMs } : second
  }

  async #start(limitMs: number): Promise<Started | InvocationFailure | undefined> {
    const startedAt = uptimeMs()
    try {
      const command = await this.#settings.command()
      if (this.#isClosing) throw new Error('the target is closed')
      this.#runtime = await this.#startRuntime(command)
    } catch (cause) {
      this.#onGone()
      const detail = cause instanceof Error ? cause.message : String(cause)
      return { errorReason: 'LambdaServiceException', detail, cause }
    }
    const runtime = this.#runtime
    if (this.#isClosing) runtime.kill()
    const result = await within(limitMs, runtime.init())
    if (result === 'ready') {
      this.#isReady = true
      void runtime.ended.then(this.#onGone)
      return { runtime, initMs: uptimeMs() - startedAt, chargedMs: 0 }
    }
    runtime.kill()
    if (!result) return undefined
    this.#onGone()
    return failed('the function did not start', result)
  }

  async #startRuntime(command: Omit<RuntimeCommand, 'output'>): Promise<Runtime> {
    const debugged = this.#settings.debugPort?.nextProcess()
    const runtime = await Runtime.start({
      ...command,
      output: (line) => {
        if (debugged?.reads(line)) return
        this.#settings.output(line, this.#lines.requestOf(line))
      },
    })
    if (debugged) void runtime.ended.then(debugged.ended)
    return runtime
  }

  #discard(runtime: Runtime): void {
    this.#onGone()
    runtime.kill()
  }

  #timedOut(requestId: string): InvocationOutcome {
    const { timeoutMs, output } = this.#settings
    const detail = `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`
    output(`${new Date().toISOString()} ${requestId} ${detail}`, requestId)
    return { errorReason: 'LambdaUnhandled', detail }
  }
}

// Of a process that ended by itself, the reason is on the function's log already.
function failed(what: string, error: Error): InvocationFailure {
  const detail = `${what}: ${error.name}: ${error.message}`
  if (error.name === exitErrorType)
    return { errorReason: 'LambdaUnhandled', detail: `${what}: ${error.message}` }
  return { errorReason: 'LambdaUnhandled', detail, cause: error }
}
