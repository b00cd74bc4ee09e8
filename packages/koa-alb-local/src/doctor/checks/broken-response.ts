import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const brokenResponse: Check = {
  code: 'ALB255',
  name: 'a response that breaks off does not look whole',
  severity: 'error',
  remedy: 'Fail, or answer with 5xx, when the response is destroyed before its end.',
  source: targetsGuide,
  questions: [
    ask('a response that breaks off', 'break', { isExtreme: true }),
    ask('a response whose source breaks off', 'break/source', { isExtreme: true }),
  ],
  judge: ({ answer, isTimeout, question }) => {
    if (isTimeout) return [`${question.about} is never answered`]
    return answer && answer.status < 500
      ? [`${question.about} arrives as a whole one, with status ${answer.status}`]
      : []
  },
}
