import { type Check, targetsGuide } from './check.ts'

export const inTime: Check = {
  code: 'ALB102',
  name: 'every event is answered in time',
  severity: 'error',
  remedy: 'Return a promise that settles, and settle it before the deadline.',
  source: targetsGuide,
  judgesFailures: true,
  judge: ({ isTimeout }) => (isTimeout ? ['no answer within the timeout'] : []),
}
