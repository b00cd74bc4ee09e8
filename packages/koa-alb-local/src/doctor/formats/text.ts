import { printable } from '../../log/printable.ts'
import { countsOf, findingsIn, pageOf, type Report, sentenceOf } from './report.ts'

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
  const { passed, failed, 'not run': notRun } = countsOf(report)
  const skipped = report.checks.filter(({ status }) => status === 'not run')
  const reasons = new Set(skipped.map(({ reason = '' }) => reason))
  const lines = [...reasons].map((reason) => {
    const codes = skipped.filter((check) => (check.reason ?? '') === reason).map(({ code }) => code)
    return `not run: ${codes.join(' ')}: ${reason}`
  })
  const summary = `${printable(report.subject)} on Node ${report.node}: ${passed} checks passed, ${failed} failed, ${notRun} not run`
  return `${[...findings, ...lines, summary].join('\n')}\n`
}
