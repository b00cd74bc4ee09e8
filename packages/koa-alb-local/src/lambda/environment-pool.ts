import type { InvocationFailure, InvocationOutcome } from '../targets/target.ts'
import { clearTimeout, setTimeout, uptimeMs } from '../time/clock.ts'
import { type EnvironmentSettings, ExecutionEnvironment, type InitOutcome } from './environment.ts'

export interface PoolSettings {
  /** Environments at most. */
  readonly concurrency: number
  /** Idle environments that stay. */
  readonly keepWarm: number
  /** Milliseconds after which an idle one is given back when there are more. */
  readonly idleMs: number
  /** Whether invocations wait while all are busy, instead of being throttled. */
  readonly waits?: boolean
}

/** The execution environments of one function: a new one only when all others are busy. */
export class EnvironmentPool {
  readonly #settings: EnvironmentSettings
  readonly #pool: PoolSettings
  /** Last used last. */
  #environments: ExecutionEnvironment[] = []
  readonly #invocations = new Set<Promise<InvocationOutcome>>()
  readonly #idleTimers = new Map<ExecutionEnvironment, NodeJS.Timeout>()
  readonly #leaving = new Set<Promise<void>>()
  readonly #waiting: (() => void)[] = []
  #isClosed = false

  constructor(settings: EnvironmentSettings, pool: PoolSettings) {
    this.#settings = settings
    this.#pool = pool
  }

  async invoke(event: string, requestId: string): Promise<InvocationOutcome> {
    if (this.#isClosed) return closed
    const invocation = this.#pool.waits
      ? this.#invokeInTurn(event, requestId)
      : this.#invokeNow(event, requestId)
    this.#invocations.add(invocation)
    try {
      return await invocation
    } finally {
      this.#invocations.delete(invocation)
    }
  }

  /** Starts one more environment. */
  async warmUp(): Promise<InitOutcome> {
    if (this.#isClosed) return closed
    const environment = this.#add(true)
    return environment ? environment.warmUp() : throttled(this.#pool.concurrency)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#invocations)
    for (const environment of this.#environments) this.#stopTimer(environment)
    await Promise.all(this.#environments.map((environment) => environment.shutDown()))
    await Promise.all(this.#leaving)
  }

  async #invokeInTurn(event: string, requestId: string): Promise<InvocationOutcome> {
    const askedAt = uptimeMs()
    let environment = this.#withRoom()
    if (environment) return this.#invokeIn(environment, event, requestId)
    while (!environment) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
      environment = this.#withRoom()
    }
    const queuedMs = uptimeMs() - askedAt
    return { ...(await this.#invokeIn(environment, event, requestId)), queuedMs }
  }

  async #invokeNow(event: string, requestId: string): Promise<InvocationOutcome> {
    const environment = this.#withRoom()
    if (!environment) return throttled(this.#pool.concurrency)
    return this.#invokeIn(environment, event, requestId)
  }

  async #invokeIn(
    environment: ExecutionEnvironment,
    event: string,
    requestId: string,
  ): Promise<InvocationOutcome> {
    this.#stopTimer(environment)
    try {
      return await environment.invoke(event, requestId)
    } finally {
      this.#use(environment)
      this.#waiting.shift()?.()
    }
  }

  #withRoom(): ExecutionEnvironment | undefined {
    return this.#environments.findLast(({ hasRoom }) => hasRoom) ?? this.#add()
  }

  #add(isAhead = false): ExecutionEnvironment | undefined {
    if (this.#environments.length >= this.#pool.concurrency) return undefined
    const environment = new ExecutionEnvironment(
      this.#settings,
      () => this.#remove(environment),
      isAhead,
    )
    this.#environments.push(environment)
    return environment
  }

  #use(environment: ExecutionEnvironment): void {
    const index = this.#environments.indexOf(environment)
    if (index < 0) return
    this.#environments.splice(index, 1)
    this.#environments.push(environment)
    if (environment.isIdle && !this.#isClosed) this.#startTimer(environment)
  }

  #remove(environment: ExecutionEnvironment): void {
    this.#stopTimer(environment)
    this.#environments = this.#environments.filter((other) => other !== environment)
  }

  #startTimer(environment: ExecutionEnvironment): void {
    this.#stopTimer(environment)
    const timer = setTimeout(() => this.#giveBack(), this.#pool.idleMs)
    this.#idleTimers.set(environment, timer)
  }

  #stopTimer(environment: ExecutionEnvironment): void {
    clearTimeout(this.#idleTimers.get(environment))
    this.#idleTimers.delete(environment)
  }

  /** Ends the one that has been idle for the longest time, unless it is among those that stay. */
  #giveBack(): void {
    const idle = this.#environments.filter(({ isIdle }) => isIdle)
    const [oldest] = idle
    if (!oldest || idle.length <= this.#pool.keepWarm) return
    this.#remove(oldest)
    const leaving = oldest.shutDown().finally(() => this.#leaving.delete(leaving))
    this.#leaving.add(leaving)
  }
}

const closed: InvocationFailure = {
  errorReason: 'LambdaServiceException',
  detail: 'the target is closed',
}

function throttled(concurrency: number): InvocationFailure {
  return {
    errorReason: 'LambdaThrottling',
    detail: `Rate Exceeded: all ${concurrency} execution environments are busy; more with concurrency`,
  }
}
