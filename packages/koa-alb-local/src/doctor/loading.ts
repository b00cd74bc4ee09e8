import { loads } from './checks/loads.ts'
import type { Judged } from './formats/report.ts'

/** What came of loading the function with a Node. */
export interface Loading {
  readonly node: string
  /** Why it did not start. */
  readonly failure: string | undefined
}

/** The check that the function loads, on every Node that was tried. */
export function judgeLoading(loadings: readonly Loading[], reason = ''): Judged {
  const { code, name, severity, remedy, source } = loads
  if (loadings.length === 0)
    return { code, name, severity, status: 'not run', reason, findings: [] }
  const findings = loadings
    .filter(({ failure }) => failure !== undefined)
    .map(({ node, failure = '' }) => ({
      code,
      severity,
      message: `does not load on ${node}: ${failure}`,
      modes: [],
      events: [],
      remedy,
      source,
    }))
  return { code, name, severity, status: findings.length > 0 ? 'failed' : 'passed', findings }
}
