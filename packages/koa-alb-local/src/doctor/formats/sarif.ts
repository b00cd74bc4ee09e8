import { findingsIn, pageOf, type Report, sentenceOf } from './report.ts'

/** SARIF 2.1.0, which code scanning reads. */
export function toSarif(report: Report): string {
  const results = findingsIn(report).map((finding) => ({
    ruleId: finding.code,
    level: finding.severity,
    message: { text: `${sentenceOf(finding)}. ${finding.remedy}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(report.subject) } } }],
  }))
  const rules = report.checks.map(({ code, name, severity }) => ({
    id: code,
    shortDescription: { text: name },
    help: { text: pageOf(code) },
    defaultConfiguration: { level: severity },
  }))
  const driver = { name: 'koa-alb-local doctor', version: report.tool.version, rules }
  return `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [{ tool: { driver }, results }],
    },
    null,
    2,
  )}\n`
}
