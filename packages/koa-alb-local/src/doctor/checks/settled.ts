import type { Settled } from '../../bootstrap/handler-report.ts'

/** The kind of an answer, in words. */
export function sentenceOfSettled(settled: Settled): string {
  if ('failure' in settled) return `no answer (${settled.failure.split('\n', 1)[0]})`
  const { status } = settled
  return `status ${typeof status === 'number' ? status : 'unknown'}`
}
