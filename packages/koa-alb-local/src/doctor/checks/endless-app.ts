import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const endlessApp: Check = {
  code: 'ALB256',
  name: 'an app that never answers is ended before the timeout',
  severity: 'warning',
  remedy:
    'Fail, or answer with 504, shortly before context.getRemainingTimeInMillis() is 0: at the timeout, Lambda ends the process, and the next request gets a cold start.',
  source: targetsGuide,
  questions: [ask('an app that never answers', 'never', { isExtreme: true })],
  judge: ({ answer, isTimeout }) => {
    if (isTimeout) return ['an app that never answers runs into the timeout']
    return answer && answer.status < 500 ? [`an app that never answers is a ${answer.status}`] : []
  },
}
