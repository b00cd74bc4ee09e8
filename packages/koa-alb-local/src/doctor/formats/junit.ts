import { countsOf, type Judged, type Report, sentenceOf } from './report.ts'

export function toJunit(report: Report): string {
  const { failed, 'not run': skipped } = countsOf(report)
  const counts = `tests="${report.checks.length}" failures="${failed}" skipped="${skipped}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="koa-alb-local doctor" ${counts}>`,
    ...report.checks.map((check) => testCase(check, report.subject)),
    '</testsuite>',
    '',
  ].join('\n')
}

function testCase(check: Judged, subject: string): string {
  const head = `  <testcase classname="${escaped(subject)}" name="${escaped(`${check.code} ${check.name}`)}">`
  const inside = check.findings.map((finding) => {
    const text = escaped(finding.remedy)
    return `    <failure message="${escaped(sentenceOf(finding))}" type="${finding.severity}">${text}</failure>`
  })
  if (check.status === 'not run')
    inside.push(`    <skipped message="${escaped(check.reason ?? '')}"/>`)
  return [head, ...inside, '  </testcase>'].join('\n')
}

function escaped(text: string): string {
  return (
    text
      // XML 1.0 has no way to write these.
      .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}
