import type { InvocationOutcome } from '../target.ts'
import { type EnvironmentSettings, ExecutionEnvironment } from './environment.ts'

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
    if (this.#isClosed) {
      return { errorReason: 'LambdaServiceException', detail: 'the target is closed' }
    }
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

function throttled(concurrency: number): InvocationOutcome {
  return {
    errorReason: 'LambdaThrottling',
    detail: `Rate Exceeded: all ${concurrency} execution environments are busy; more with concurrency`,
  }
}
