import { type Check, targetsGuide } from './check.ts'
import { ask } from './probe.ts'

export const largeResponse: Check = {
  code: 'ALB251',
  name: 'a response of 900 KB arrives',
  severity: 'error',
  remedy: 'Return text as text: base64 takes a third more, and what is over 1 MB is a 502.',
  source: targetsGuide,
  questions: [ask('900 KB of text', 'size/921600', { isExtreme: true })],
  judge: ({ answer, refusal }) => {
    if (answer?.body.length === 921_600) return []
    return [
      `900 KB of text: ${refusal?.split('\n', 1)[0] ?? `${answer?.body.length} bytes arrive`}`,
    ]
  },
}
