import type { Check } from './check.ts'

/** Judged by whoever loads the function: a start is no exchange. */
export const loads: Omit<Check, 'judge' | 'questions' | 'judgesFailures'> = {
  code: 'ALB301',
  name: "the function loads under Lambda's flags",
  severity: 'error',
  remedy:
    "Start it with koa-alb-local, which says more: Lambda's Node refuses what a shell's allows, such as require() of ES modules.",
  source: 'docs/local.md',
}
