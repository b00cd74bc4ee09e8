import { findingsIn, pageOf, type Report, sentenceOf } from './report.ts'

/** SARIF 2.1.0, which code scanning reads: with a line for each place, and a full description. */
export function toSarif(report: Report): string {
  const uri = uriOf(report.subject)
  const physicalLocation = { artifactLocation: { uri }, region: { startLine: 1 } }
  const results = findingsIn(report).map((finding) => ({
    ruleId: finding.code,
    level: finding.severity,
    message: { text: `${sentenceOf(finding)}. ${finding.remedy}` },
    locations: [{ physicalLocation }],
  }))
  const rules = report.checks.map(({ code, name, severity }) => ({
    id: code,
    shortDescription: { text: name },
    fullDescription: { text: `${name}: ${pageOf(code)}` },
    help: { text: pageOf(code) },
    defaultConfiguration: { level: severity },
  }))
  const driver = { name: 'koa-alb-local doctor', version: report.tool.version, rules }
  const invocation = { executionSuccessful: true, toolExecutionNotifications: notRun(report) }
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, invocations: [invocation], results }],
    },
    null,
    2,
  )}\n`
}

function notRun({ checks }: Report): readonly object[] {
  return checks
    .filter(({ status }) => status === 'not run')
    .map(({ code, reason = '' }) => ({
      associatedRule: { id: code },
      level: 'note',
      message: { text: `not run: ${reason}` },
    }))
}

// A path, in which what would end it is part of a name.
function uriOf(subject: string): string {
  return encodeURI(subject.toWellFormed()).replace(/[?#]/g, encodeURIComponent)
}
