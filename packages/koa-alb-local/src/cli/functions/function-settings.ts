import type { DebugPort } from '../../lambda/debug-port.ts'
import type { Target } from '../../targets/target.ts'
import type { RuntimeName } from '../arguments/arguments.ts'

export interface FunctionSettings {
  readonly functionName: string
  /** JavaScript or TypeScript, absolute. */
  readonly file: string
  /** The name of the exported handler. */
  readonly export: string
  /** Whether an app will do instead of a handler: under that name, or under the usual ones. */
  readonly app?: 'named' | 'usual' | undefined
  /** Whether it reports on the handler instead of calling it, as `bootstrap/examined-handler.ts` does. */
  readonly isExamined?: boolean
  readonly taskRoot: string
  readonly runtime: RuntimeName
  readonly node: string | undefined
  /** Of the Node runtime that it declares, if it does. */
  readonly major?: number | undefined
  readonly timeoutMs: number
  readonly memoryLimitInMB: number
  readonly environment: Readonly<Record<string, string>>
  /** 0 throttles every invocation. */
  readonly concurrency: number
  /** Invocations at once in one environment, as on Managed Instances. */
  readonly maxConcurrency?: number
  readonly keepWarm: number
  /** Through which it is debugged, if it is. */
  readonly debugPort?: DebugPort | undefined
  readonly output: (line: string, requestId: string | undefined, functionName: string) => void
  /** Whether errors are printed as the function's log has them, besides with their request. */
  readonly keepsErrorLines?: boolean
}

/** A function that has been loaded: it answers. */
export interface LoadedFunction {
  readonly target: Target
  readonly initMs: number
  /** The files it was made of, packages not counted. */
  readonly files: readonly string[]
  /** What it was made from, where that is known. */
  readonly made?: { readonly digest: string; readonly settings: FunctionSettings }
  /** Lets invocations finish, then ends what runs it. */
  close(): Promise<void>
}

export type Started = Omit<LoadedFunction, 'files' | 'made'>

/** What is loaded, and what brings it back for a process that starts later. */
export interface Loadable {
  readonly file: string
  putBack?(): Promise<void>
}
