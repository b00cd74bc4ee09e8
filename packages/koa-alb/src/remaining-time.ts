import type { LambdaContext } from './types.ts'

/**
 * Milliseconds until Lambda ends the invocation; undefined for a context without a working clock, as
 * tests may give, or one whose clock a test put forward: Lambda lets none go on after its end.
 */
export function remainingMsOf(context: LambdaContext): number | undefined {
  try {
    const remainingMs = context.getRemainingTimeInMillis()
    return Number.isFinite(remainingMs) && remainingMs >= 0 ? remainingMs : undefined
  } catch {
    return undefined
  }
}
