import { type Check, targetsGuide } from './check.ts'

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}

export const answers: Check = {
  code: 'ALB101',
  name: 'every event is answered',
  severity: 'error',
  remedy:
    'Catch what fails and answer with a status of 5xx: for a load balancer a failed function is a 502.',
  source: targetsGuide,
  judgesFailures: true,
  judge: ({ outcome, isTimeout }) =>
    'payload' in outcome || isTimeout ? [] : [`no answer: ${firstLine(outcome.detail)}`],
}
