import { findingsIn, pageOf, type Report, sentenceOf } from './report.ts'

const commands = { error: 'error', warning: 'warning', note: 'notice' }

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands */
export function toGithub(report: Report): string {
  return findingsIn(report)
    .map((finding) => {
      const title = `${finding.code}`
      const text = `${sentenceOf(finding)}. ${finding.remedy} ${pageOf(finding.code)}`
      const place = `file=${property(report.subject)},title=${title}`
      return `::${commands[finding.severity]} ${place}::${data(text)}\n`
    })
    .join('')
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
