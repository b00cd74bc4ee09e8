import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const statusArrives: Check = {
  code: 'ALB242',
  name: 'the status of the app arrives',
  severity: 'error',
  remedy: 'Pass the status on as a number.',
  source: targetsGuide,
  questions: [204, 304, 404, 503].map((status) => ask(`a ${status}`, `status/${status}`)),
  judge: ({ answer, question }) => {
    const expected = Number(question.path.slice(-3))
    return !answer || answer.status === expected
      ? []
      : [`status ${expected} arrives as ${answer.status}`]
  },
}
