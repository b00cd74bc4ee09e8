import { randomUUID } from 'node:crypto'
import type { HandlerReport } from '../bootstrap/handler-report.ts'
import { type HeaderMode, headerModes } from '../invocation/header-mode.ts'
import type { Target } from '../targets/target.ts'
import type { ModuleCheck } from './checks/module-check.ts'
import { moduleChecks } from './checks/module-checks.ts'
import type { Judged } from './formats/report.ts'
import { judgedBy, notRun } from './judged.ts'
import { tellingEvent } from './telling-event.ts'

/**
 * What is seen of a handler in its own process.
 * @param target answers `{ events }` with the report of `bootstrap/handler-report.ts`
 */
export async function examineModule(target: Target, path: string): Promise<readonly Judged[]> {
  const reports = new Map<HeaderMode, HandlerReport>()
  for (const mode of headerModes) {
    const events = ['doctor=1', 'doctor=2'].map((query) =>
      tellingEvent({ about: query, method: 'GET', path, query }, mode),
    )
    const outcome = await target.invoke(JSON.stringify({ events }), { requestId: randomUUID() })
    if (!('payload' in outcome)) return moduleNotExamined(outcome.detail.split('\n', 1)[0] ?? '')
    // It is our own module that writes it.
    reports.set(mode, JSON.parse(outcome.payload) as HandlerReport)
  }
  return moduleChecks.map((check) => judgedBy(check, foundIn(reports, check)))
}

/** A message with the modes in which it is found. */
function foundIn(
  reports: ReadonlyMap<HeaderMode, HandlerReport>,
  check: ModuleCheck,
): [string, HeaderMode[]][] {
  const found = new Map<string, HeaderMode[]>()
  for (const [mode, report] of reports) {
    for (const message of check.judge(report)) {
      found.set(message, check.isModeless ? [] : [...(found.get(message) ?? []), mode])
    }
  }
  return [...found]
}

export function moduleNotExamined(reason: string): readonly Judged[] {
  return moduleChecks.map((check) => notRun(check, reason))
}
