import type { Target } from '../../targets/target.ts'
import { uptimeMs } from '../../time/clock.ts'
import { reportLines, startLine } from '../terminal/log-format.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { FunctionSettings } from './function-settings.ts'

/** Invocations as Lambda's log tells of them, with their cold starts kept until somebody asks. */
export class NotedInvocations {
  readonly #terminal: Terminal
  readonly #coldStarts = new Map<string, number>()

  constructor(terminal: Terminal) {
    this.#terminal = terminal
  }

  /** Milliseconds of the cold start of an invocation, if it was one; known until asked. */
  coldStartOf(requestId: string | undefined): number | undefined {
    if (requestId === undefined) return undefined
    const initMs = this.#coldStarts.get(requestId)
    this.#coldStarts.delete(requestId)
    return initMs
  }

  /** Invokes whatever has been found by then. */
  target(find: () => { readonly target: Target; readonly settings: FunctionSettings }): Target {
    return {
      invoke: async (event, invocation) => {
        const { target, settings } = find()
        const { memoryLimitInMB } = settings
        const { requestId } = invocation
        this.#terminal.platform(startLine(requestId))
        const startedAt = uptimeMs()
        const outcome = await target.invoke(event, invocation)
        const { initMs } = outcome
        const ms = Math.max(0, uptimeMs() - startedAt - (initMs ?? 0))
        this.#terminal.platform(reportLines(requestId, { ms, initMs, memoryLimitInMB }))
        if (initMs !== undefined) this.#coldStarts.set(requestId, initMs)
        return outcome
      },
    }
  }
}
