import type { Resources } from '../template/resources.ts'
import { templateChecks } from './checks/template-checks.ts'
import type { Judged } from './formats/report.ts'

const needsTemplate = 'needs --template <file>'

/** What the template declares, check by check; without one, that nothing was judged. */
export function judgeTemplate(resources: Resources | undefined): readonly Judged[] {
  return templateChecks.map(({ judge, code, name, severity, remedy, source }) => {
    const base = { code, name, severity }
    if (!resources) return { ...base, status: 'not run', reason: needsTemplate, findings: [] }
    const findings = judge(resources).map((message) => {
      return { code, severity, message, modes: [], events: [], remedy, source }
    })
    return { ...base, status: findings.length > 0 ? 'failed' : 'passed', findings }
  })
}
