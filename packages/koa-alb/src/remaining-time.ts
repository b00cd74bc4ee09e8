import type { LambdaContext } from './types.ts'

/** Milliseconds until Lambda ends the invocation; undefined for a context without a working clock. */
export function remainingMsOf(context: LambdaContext): number | undefined {
  try {
    const remainingMs = context.getRemainingTimeInMillis()
    return Number.isFinite(remainingMs) ? remainingMs : undefined
  } catch {
    return undefined
  }
}
