import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const brokenResponse: Check = {
  code: 'ALB255',
  name: 'a response that breaks off does not look whole',
  severity: 'error',
  remedy: 'Fail, or answer with 5xx, when the response is destroyed before its end.',
  source: targetsGuide,
  questions: [ask('a response that breaks off', 'break', { isExtreme: true })],
  judge: ({ answer, isTimeout }) => {
    if (isTimeout) return ['a response that breaks off is never answered']
    return answer && answer.status < 500
      ? [`half of a response arrives as a whole one, with status ${answer.status}`]
      : []
  },
}
