import type { Check } from './check.ts'

/** Judged by whoever loads the function: a start is no exchange. */
export const startsInTime: Omit<Check, 'judge' | 'questions' | 'judgesFailures'> = {
  code: 'ALB303',
  name: 'the init phase takes less than 10 seconds',
  severity: 'error',
  remedy:
    'Load and connect less before the first event: after 10 seconds, Lambda begins again, within the timeout of the first one.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
}
