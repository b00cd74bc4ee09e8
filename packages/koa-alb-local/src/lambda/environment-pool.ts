import type { InvocationFailure, InvocationOutcome } from '../targets/target.ts'
import { type EnvironmentSettings, ExecutionEnvironment, type InitOutcome } from './environment.ts'

/** The execution environments of one function: a new one only when all others are busy. */
export class EnvironmentPool {
  readonly #settings: EnvironmentSettings
  readonly #concurrency: number
  /** Last used last. */
  #environments: ExecutionEnvironment[] = []
  readonly #invocations = new Set<Promise<InvocationOutcome>>()
  #isClosed = false

  constructor(settings: EnvironmentSettings, concurrency: number) {
    this.#settings = settings
    this.#concurrency = concurrency
  }

  async invoke(event: string, requestId: string): Promise<InvocationOutcome> {
    if (this.#isClosed) return closed
    const environment = this.#environments.findLast(({ hasRoom }) => hasRoom) ?? this.#add()
    if (!environment) return throttled(this.#concurrency)
    const invocation = environment.invoke(event, requestId)
    this.#invocations.add(invocation)
    try {
      return await invocation
    } finally {
      this.#invocations.delete(invocation)
      this.#use(environment)
    }
  }

  /** Starts one more environment. */
  async warmUp(): Promise<InitOutcome> {
    if (this.#isClosed) return closed
    const environment = this.#add()
    return environment ? environment.warmUp() : throttled(this.#concurrency)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.allSettled(this.#invocations)
    await Promise.all(this.#environments.map((environment) => environment.shutDown()))
  }

  #add(): ExecutionEnvironment | undefined {
    if (this.#environments.length >= this.#concurrency) return undefined
    const environment = new ExecutionEnvironment(this.#settings, () => {
      this.#environments = this.#environments.filter((other) => other !== environment)
    })
    this.#environments.push(environment)
    return environment
  }

  #use(environment: ExecutionEnvironment): void {
    const index = this.#environments.indexOf(environment)
    if (index < 0) return
    this.#environments.splice(index, 1)
    this.#environments.push(environment)
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
