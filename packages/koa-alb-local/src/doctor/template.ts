import type { Resources } from '../template/resources.ts'
import { templateChecks } from './checks/template-checks.ts'
import type { Judged } from './formats/report.ts'
import { judgedBy, notRun } from './judged.ts'

const needsTemplate = 'needs --template <file>'

/** What the template declares, check by check; without one, that nothing was judged. */
export function judgeTemplate(resources: Resources | undefined): readonly Judged[] {
  return templateChecks.map((check) =>
    resources
      ? judgedBy(
          check,
          check.judge(resources).map((message) => [message, []]),
        )
      : notRun(check, needsTemplate),
  )
}
