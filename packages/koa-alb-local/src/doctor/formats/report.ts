import type { HeaderMode } from '../../invocation/header-mode.ts'
import { type Severity, severities } from '../checks/check.ts'

export interface Finding {
  readonly code: string
  readonly severity: Severity
  /** The function of a template in which it is found. */
  readonly subject?: string
  readonly message: string
  /** The header modes in which it happens; none for what has nothing to do with them. */
  readonly modes: HeaderMode[]
  /** What was asked. */
  readonly events: string[]
  readonly remedy: string
  readonly source: string
}

/** What came of one check. */
export interface Judged {
  readonly code: string
  readonly name: string
  readonly severity: Severity
  readonly status: 'passed' | 'failed' | 'not run'
  readonly reason?: string
  readonly findings: readonly Finding[]
}

/** How long an init phase took, and with which Node. */
export interface Init {
  readonly node: string
  /** The function of a template. */
  readonly subject?: string
  readonly ms: number
}

/** What came of a function. */
export interface Examination {
  readonly checks: readonly Judged[]
  readonly inits: readonly Init[]
}

/** What `--format json` prints; every other format is made of it. */
export interface Report extends Examination {
  /** Of this shape: it grows when a field changes its meaning or goes. */
  readonly version: 1
  readonly tool: { readonly name: 'koa-alb-local'; readonly version: string }
  /** What was examined, as it was given. */
  readonly subject: string
  readonly node: string
}

export function pageOf(code: string): string {
  return `docs/doctor.md#${code.toLowerCase()}`
}

/** The worst first, then by code. */
export function findingsIn({ checks }: Report): readonly Finding[] {
  const findings = checks.flatMap((check) => check.findings)
  const rank = ({ severity }: Finding): number => severities.indexOf(severity)
  return findings.toSorted((a, b) => rank(a) - rank(b) || a.code.localeCompare(b.code))
}

/** Whether a finding is at least as bad as that. */
export function fails(report: Report, level: Severity): boolean {
  const limit = severities.indexOf(level)
  return findingsIn(report).some(({ severity }) => severities.indexOf(severity) <= limit)
}

/** The sentence of a finding, with the function and the modes. */
export function sentenceOf({ message, modes, subject }: Finding): string {
  const where = subject === undefined ? '' : `${subject}: `
  return where + (modes.length === 0 ? message : `${message} (${modes.join(', ')})`)
}

export function countsOf({ checks }: Report): Readonly<Record<Judged['status'], number>> {
  const count = (status: Judged['status']): number =>
    checks.filter((check) => check.status === status).length
  return { passed: count('passed'), failed: count('failed'), 'not run': count('not run') }
}

/** What was examined, and how many checks came to what. */
export function summaryOf(report: Report): string {
  const { passed, failed, 'not run': notRun } = countsOf(report)
  const kinds = severities.flatMap((severity) => {
    const { length } = report.checks.filter(
      (check) => check.status === 'failed' && check.severity === severity,
    )
    return length === 0 ? [] : [`${length} ${severity}${length === 1 ? '' : 's'}`]
  })
  const why = kinds.length === 0 ? '' : ` (${kinds.join(', ')})`
  const noun = passed === 1 ? 'check' : 'checks'
  const counts = `${passed} ${noun} passed, ${failed} failed${why}, ${notRun} not run`
  return `${report.subject} on Node ${report.node}: ${counts}`
}
