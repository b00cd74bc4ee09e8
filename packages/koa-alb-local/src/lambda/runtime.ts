import { functionError } from '../targets/function-error.ts'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import { RuntimeApi, type RuntimeInvocation, type RuntimeOutcome } from './runtime-api.ts'
import { type RuntimeCommand, RuntimeProcess } from './runtime-process.ts'

// How long a client that could not start the function may take to print why and to end.
const lastWordsMs = 1000

/** A runtime client in its process, and the Runtime API it works for. */
export class Runtime {
  readonly #api: RuntimeApi
  readonly #process: RuntimeProcess

  /** Settles when the process has ended and every invocation in it has failed. */
  readonly ended: Promise<void>

  static async start(command: RuntimeCommand): Promise<Runtime> {
    const api = new RuntimeApi()
    const endpoint = await api.listen()
    const variables = { ...command.variables, AWS_LAMBDA_RUNTIME_API: endpoint }
    try {
      return new Runtime(api, new RuntimeProcess({ ...command, variables }))
    } catch (error) {
      // Such as no memory for one more.
      api.end(error instanceof Error ? error : new Error(String(error)))
      throw error
    }
  }

  private constructor(api: RuntimeApi, runtimeProcess: RuntimeProcess) {
    this.#api = api
    this.#process = runtimeProcess
    this.ended = runtimeProcess.ended.then((how) => {
      api.end(exitError(how, runtimeProcess.crashReport()))
    })
  }

  /** Settles when the function is loaded, or with the error that prevented it. */
  async init(): Promise<Error | 'ready'> {
    const result = await this.#api.init
    if (result === 'ready') return result
    const timer = setTimeout(() => this.kill(), lastWordsMs)
    await this.ended
    clearTimeout(timer)
    // The stack of a syntax error does not say where it is.
    const { location } = this.#process.crashReport()
    if (!location || result.message.includes(location)) return result
    return functionError(result.name, `${result.message} (${location})`)
  }

  run(invocation: RuntimeInvocation): Promise<RuntimeOutcome> {
    return this.#api.invoke(invocation)
  }

  abandon(requestId: string): void {
    this.#api.abandon(requestId)
  }

  /** What was printed on stderr until now is no reason for an end to come. */
  forgetErrors(): void {
    this.#process.forgetErrors()
  }

  kill(): void {
    this.#process.kill()
  }

  async shutDown(graceMs: number): Promise<void> {
    await this.#process.shutDown(graceMs)
  }
}

/** `name` of the error when the process ended before the function had answered. */
export const exitErrorType = 'Runtime.ExitError'

function exitError(
  how: string,
  { headline, location }: ReturnType<RuntimeProcess['crashReport']>,
): Error {
  const ending =
    how === 'exit status 0'
      ? 'Runtime exited without providing a reason: process.exit() was called, or nothing was left to wait for'
      : `Runtime exited with error: ${how}`
  const reason = headline ? `: ${headline}` : ''
  const place = location ? ` (${location})` : ''
  return functionError(exitErrorType, `${ending}${reason}${place}`)
}
