import type { HandlerReport } from '../../bootstrap/handler-report.ts'
import type { Check } from './check.ts'

/** A check of what is seen of a handler only in its own process. */
export interface ModuleCheck extends Omit<Check, 'judge' | 'questions' | 'judgesFailures'> {
  /** What is wrong, a text for each. */
  judge(report: HandlerReport): readonly string[]
}
