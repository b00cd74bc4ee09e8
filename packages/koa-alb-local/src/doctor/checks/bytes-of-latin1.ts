import { type Check, targetsGuide } from './check.ts'
import { judgeBytes } from './judged-bytes.ts'
import { ask } from './probe.ts'

export const bytesOfLatin1: Check = {
  code: 'ALB204',
  name: 'latin1 text arrives as it was sent',
  severity: 'error',
  remedy:
    'Return the bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  questions: [ask('latin1 text', 'bytes/latin1')],
  judge: judgeBytes('6fTk/A=='),
}
