import type { HandlerReport } from '../../bootstrap/handler-report.ts'
import type { Check } from './check.ts'

/** A check of what is seen of a handler only in its own process. */
export interface ModuleCheck extends Omit<Check, 'judge' | 'questions' | 'judgesFailures'> {
  /** Whether it is the same in both header modes. */
  readonly isModeless?: boolean
  /** What is wrong, a text for each. */
  judge(report: HandlerReport): readonly string[]
}
