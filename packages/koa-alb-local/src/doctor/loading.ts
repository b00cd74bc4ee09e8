import { loads } from './checks/loads.ts'
import { startsInTime } from './checks/starts-in-time.ts'
import type { Judged } from './formats/report.ts'
import { judgedBy, notRun } from './judged.ts'

/** What came of loading the function with a Node. */
export interface Loading {
  readonly node: string
  /** Milliseconds of the init phase, when it came to its end. */
  readonly initMs?: number
  /** Why it did not start. */
  readonly failure?: string
  /** Whether that took too long. */
  readonly isTooLong?: boolean
}

/** The checks that the function loads, and in time, on every Node that was tried. */
export function judgeLoading(loadings: readonly Loading[], reason = ''): readonly Judged[] {
  if (loadings.length === 0) return [loads, startsInTime].map((check) => notRun(check, reason))
  const [late, ended] = [true, false].map((isLate) =>
    loadings.filter(({ isTooLong = false }) => isTooLong === isLate),
  )
  const failed = (ended ?? []).flatMap(({ node, failure }) =>
    failure === undefined ? [] : [`does not load on ${node}: ${failure}`],
  )
  const tooLong = (late ?? []).map(({ node, failure }) => `on ${node}: ${failure}`)
  return [
    judgedBy(
      loads,
      failed.map((message) => [message, []]),
    ),
    judgedBy(
      startsInTime,
      tooLong.map((message) => [message, []]),
    ),
  ]
}
