import { printable } from '../../log/printable.ts'
import { findingsIn, pageOf, type Report, sentenceOf, summaryOf } from './report.ts'

const commands = { error: 'error', warning: 'warning', note: 'notice' }

/**
 * Annotations, and the summary for the log.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function toGithub(report: Report): string {
  const annotations = findingsIn(report).map((finding) => {
    const title = finding.code
    const text = `${sentenceOf(finding)}. ${finding.remedy} ${pageOf(finding.code)}`
    const place = `file=${property(report.subject)},title=${title}`
    return `::${commands[finding.severity]} ${place}::${data(text)}\n`
  })
  return `${annotations.join('')}${printable(summaryOf(report))}\n`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
