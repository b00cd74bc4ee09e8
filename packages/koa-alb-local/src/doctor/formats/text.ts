import { printable } from '../../log/printable.ts'
import { findingsIn, pageOf, type Report, sentenceOf, summaryOf } from './report.ts'

export function toText(report: Report): string {
  const findings = findingsIn(report).flatMap((finding) => {
    const [first = '', ...rest] = finding.events
    const more = rest.length > 0 ? ` and ${rest.length} more` : ''
    return [
      `${finding.severity} ${finding.code} ${printable(sentenceOf(finding))}`,
      ...(first ? [`    seen with ${printable(first)}${more}`] : []),
      `    ${finding.remedy}`,
      `    ${pageOf(finding.code)}`,
    ]
  })
  const lines = skippedLines(report)
  const inits = report.inits.map(
    ({ node, ms, subject }) =>
      `${printable([subject, node].filter(Boolean).join(' on '))}: init phase of ${ms} ms`,
  )
  const summary = printable(summaryOf(report))
  return `${[...findings, ...lines, ...inits, summary].join('\n')}\n`
}

/** A line for each reason why checks did not run, with their codes. */
function skippedLines({ checks }: Report): string[] {
  const reasons = new Map<string, string[][]>()
  let before: string | undefined
  for (const { code, status, reason = '' } of checks) {
    const current = status === 'not run' ? reason : undefined
    if (current !== undefined) {
      const runs = reasons.get(current) ?? []
      if (current === before) runs.at(-1)?.push(code)
      else runs.push([code])
      reasons.set(current, runs)
    }
    before = current
  }
  return [...reasons].map(
    ([reason, runs]) => `not run: ${runs.map(shortRun).join(', ')}: ${printable(reason)}`,
  )
}

function shortRun(codes: readonly string[]): string {
  const { length } = codes
  return length > 2 ? `${codes[0]} to ${codes.at(-1)} (${length} checks)` : codes.join(', ')
}
