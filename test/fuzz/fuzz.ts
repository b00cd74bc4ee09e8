import { setTimeout as wait } from 'node:timers/promises'
import { AlbError, type AlbErrorCode, type AlbResult } from 'koa-alb'
import { Prototypes } from './prototypes.ts'
import { faultIn } from './strict-document.ts'

/** One fuzzed invocation. */
export interface Attempt {
  /** What a failure is reported with. */
  readonly input: unknown
  readonly multiValueHeaders: boolean
  run(): Promise<AlbResult>
  /** What is wrong with the document, which is valid, or with the error. */
  fault?(outcome: Outcome): string | undefined
}

export interface Outcome {
  readonly result?: AlbResult
  readonly error?: AlbError
}

const BATCH = 100
const HANG_MS = 30_000

/**
 * Runs the attempts that `attemptAt` makes, a hundred at a time, and counts how they end. Each must
 * end, in a valid document or an `AlbError`, and leave every prototype as it was.
 */
export async function fuzz(
  count: number,
  attemptAt: (index: number) => Attempt,
): Promise<Partial<Record<AlbErrorCode | 'document', number>>> {
  const prototypes = new Prototypes()
  const ends: Partial<Record<AlbErrorCode | 'document', number>> = {}
  for (let first = 0; first < count; first += BATCH) {
    const indexes = Array.from({ length: Math.min(BATCH, count - first) }, (_, at) => first + at)
    for (const end of await allEnding(indexes, attemptAt)) ends[end] = (ends[end] ?? 0) + 1
    const changes = prototypes.changes()
    if (changes.length > 0) throw new Error(`from ${first}: polluted ${changes.join()}`)
  }
  return ends
}

async function allEnding(
  indexes: readonly number[],
  attemptAt: (index: number) => Attempt,
): Promise<(AlbErrorCode | 'document')[]> {
  const open = new Set(indexes)
  const hang = new AbortController()
  const ends = Promise.all(
    indexes.map(async (index) => {
      const end = await endOf(index, attemptAt(index))
      open.delete(index)
      return end
    }),
  )
  const never = wait(HANG_MS, undefined, { signal: hang.signal }).then(
    () => {
      throw new Error(`no end of ${[...open].join()}`)
    },
    () => ends,
  )
  return Promise.race([ends, never]).finally(() => hang.abort())
}

async function endOf(index: number, attempt: Attempt): Promise<AlbErrorCode | 'document'> {
  const outcome: Outcome = await attempt.run().then(
    (result) => ({ result }),
    (error) => ({ error }),
  )
  const fault = faultOf(outcome, attempt)
  if (fault)
    throw new Error(`${index}: ${fault}: ${shown(attempt.input)}`, { cause: outcome.error })
  return outcome.error?.code ?? 'document'
}

function faultOf(outcome: Outcome, attempt: Attempt): string | undefined {
  const { result, error } = outcome
  if (!result && !(error instanceof AlbError)) return `rejected with ${String(error)}`
  if (error && error.message.length > 1_000) return `a message of ${error.message.length}`
  const invalid = result && faultIn(result, attempt.multiValueHeaders)
  return invalid ?? attempt.fault?.(outcome)
}

function shown(input: unknown): string {
  const json = JSON.stringify(input) ?? String(input)
  return json.length > 2_000 ? `${json.slice(0, 2_000)}… ${json.length}` : json
}
