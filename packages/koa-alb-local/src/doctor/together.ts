import type { Examination, Judged } from './formats/report.ts'

/** What came of several functions, by name, as one examination: a check passes if it does for each. */
export function together(examinations: ReadonlyMap<string, Examination>): Examination {
  const all = [...examinations]
  const [first] = all
  const codes = first?.[1].checks.map(({ code }) => code) ?? []
  return {
    checks: codes.flatMap((code) => {
      const judged = all.flatMap(([name, { checks }]) =>
        checks.filter((check) => check.code === code).map((check) => [name, check] as const),
      )
      const merged = mergedCheck(judged)
      return merged ? [merged] : []
    }),
    inits: all.flatMap(([subject, { inits }]) => inits.map((init) => ({ ...init, subject }))),
  }
}

function mergedCheck(all: readonly (readonly [name: string, check: Judged])[]): Judged | undefined {
  const [first] = all
  if (!first) return undefined
  const { code, name, severity } = first[1]
  const findings = all.flatMap(([subject, check]) =>
    check.findings.map((finding) => ({ ...finding, subject })),
  )
  if (findings.length > 0) return { code, name, severity, status: 'failed', findings }
  const skipped = all.filter(([, { status }]) => status === 'not run')
  if (skipped.length === 0) return { code, name, severity, status: 'passed', findings }
  return {
    code,
    name,
    severity,
    status: 'not run',
    reason: reasonFor(skipped, all.length),
    findings,
  }
}

function reasonFor(skipped: readonly (readonly [string, Judged])[], count: number): string {
  const reasons = new Set(skipped.map(([, { reason = '' }]) => reason))
  const [only = ''] = reasons
  if (reasons.size === 1 && skipped.length === count) return only
  return skipped.map(([name, { reason = '' }]) => `${name}: ${reason}`).join('; ')
}
