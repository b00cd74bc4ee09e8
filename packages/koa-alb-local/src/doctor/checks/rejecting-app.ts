import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const rejectingApp: Check = {
  code: 'ALB257',
  name: 'an app that rejects is a failure',
  severity: 'warning',
  remedy: 'Answer with 5xx, or let the function fail: a load balancer makes a 502 of that.',
  source: targetsGuide,
  questions: [ask('an app that rejects', 'reject', { isExtreme: true })],
  judge: ({ answer, isTimeout }) => {
    if (isTimeout) return ['an app that rejects is never answered']
    return answer && answer.status < 500 ? [`an app that rejects is a ${answer.status}`] : []
  },
}
