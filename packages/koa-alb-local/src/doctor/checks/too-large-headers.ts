import { behaviour, type Check } from './check.ts'
import { ask } from './probe.ts'

export const tooLargeHeaders: Check = {
  code: 'ALB253',
  name: 'headers over the limit are refused by the function',
  severity: 'warning',
  remedy:
    'Answer with a status of your own, or fail with an error: over 32 KB of headers are a 502 of which the log of the function says nothing.',
  source: behaviour,
  questions: [ask('headers of 40 KB', 'headers/40960', { isExtreme: true })],
  judge: ({ answer, outcome, question }) =>
    answer || !('payload' in outcome) ? [] : [`${question.about} are handed over, and refused`],
}
