import { type Check, targetsGuide } from './check.ts'
import { judgeBytes } from './judged-bytes.ts'
import { ask } from './probe.ts'

export const bytesOfBroken: Check = {
  code: 'ALB205',
  name: 'text that is no UTF-8 arrives as it was sent',
  severity: 'error',
  remedy:
    'Return the bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  questions: [ask('text that is no UTF-8', 'bytes/broken')],
  judge: judgeBytes('YcP/Yg=='),
}
