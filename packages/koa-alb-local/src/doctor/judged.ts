import type { HeaderMode } from '../invocation/header-mode.ts'
import type { Check } from './checks/check.ts'
import type { Finding, Judged } from './formats/report.ts'

type About = Pick<Check, 'code' | 'name' | 'severity' | 'remedy' | 'source'>

/** What came of a check that was asked nothing, in words: in these modes, or in none. */
export function judgedBy(
  { code, name, severity, remedy, source }: About,
  found: readonly (readonly [message: string, modes: readonly HeaderMode[]])[],
): Judged {
  const findings: Finding[] = found.map(([message, modes]) => {
    return { code, severity, message, modes: [...modes], events: [], remedy, source }
  })
  return { code, name, severity, status: findings.length > 0 ? 'failed' : 'passed', findings }
}

export function notRun({ code, name, severity }: About, reason: string): Judged {
  return { code, name, severity, status: 'not run', reason, findings: [] }
}
