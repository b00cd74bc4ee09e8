import { onTestFinished } from 'vitest'
import type { InvocationOutcome, LambdaTargetOptions, Target } from '../../src/index.ts'
import { createLambdaTarget } from '../../src/lambda/lambda-target.ts'
import { folderWith } from './folder.ts'

/** A function in runtime processes, for the current test. */
export interface TestFunction {
  /** What the function returned for the event, which must not have failed. */
  call(event?: unknown): Promise<unknown>
  invoke(event?: unknown): Promise<InvocationOutcome>
  /** Lines of the function and the platform, until now. */
  readonly lines: readonly string[]
  /** Settles with the first line that matches. */
  line(pattern: RegExp): Promise<string>
  readonly folder: string
  readonly target: Target
  close(): Promise<void>
}

/** Our own client, and AWS's where it is installed: `scripts/official-client.mjs`. */
export const runtimes: readonly Pick<LambdaTargetOptions, 'runtime' | 'runtimeFrom'>[] = [
  { runtime: 'bootstrap' },
  ...officialClient(),
]

/** The file `lambda.mjs`, or the files given by name, with the export `handler`. */
export async function lambdaFunction(
  source: string | Readonly<Record<string, string>>,
  options: Partial<LambdaTargetOptions> = {},
  /** The major version of the runtime that the function declares. */
  major?: number,
): Promise<TestFunction> {
  const folder = await folderWith(typeof source === 'string' ? { 'lambda.mjs': source } : source)
  const lines: string[] = []
  let written = (): void => {}
  const output = (line: string): void => {
    lines.push(line)
    written()
  }
  const target = createLambdaTarget(
    { handler: 'lambda.handler', taskRoot: folder, output, ...options },
    { major },
  )
  onTestFinished(() => target.close())
  let count = 0
  const invoke = (event: unknown = {}): Promise<InvocationOutcome> => {
    count += 1
    return target.invoke(JSON.stringify(event), { requestId: `request-${count}` })
  }
  return {
    invoke,
    async call(event) {
      const outcome = await invoke(event)
      if ('payload' in outcome) return JSON.parse(outcome.payload)
      throw new Error(outcome.detail)
    },
    lines,
    async line(pattern) {
      for (;;) {
        const found = lines.find((line) => pattern.test(line))
        if (found !== undefined) return found
        await new Promise<void>((resolve) => {
          written = resolve
        })
      }
    },
    folder,
    target,
    close: () => target.close(),
  }
}

function officialClient(): Pick<LambdaTargetOptions, 'runtime' | 'runtimeFrom'>[] {
  const runtimeFrom = process.env.KOA_ALB_OFFICIAL_CLIENT
  const runsHere = Number.parseInt(process.versions.node, 10) >= 22
  return runtimeFrom && runsHere ? [{ runtime: 'official', runtimeFrom }] : []
}
