import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const tooLargeResponse: Check = {
  code: 'ALB252',
  name: 'a response over the limit is refused by the function',
  severity: 'warning',
  remedy:
    'Answer with a status of your own, compress, or fail with an error: a document over 1 MB is a 502 of which the log of the function says nothing.',
  source: targetsGuide,
  questions: [ask('1.2 MB', 'size/1258291', { isExtreme: true })],
  judge: ({ answer, outcome, question }) =>
    answer || !('payload' in outcome) ? [] : [`${question.about} are handed over, and refused`],
}
