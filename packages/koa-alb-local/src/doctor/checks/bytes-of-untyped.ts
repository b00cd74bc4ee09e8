import { type Check, targetsGuide } from './check.ts'
import { judgeBytes } from './judged-bytes.ts'
import { ask } from './probe.ts'

export const bytesOfUntyped: Check = {
  code: 'ALB206',
  name: 'bytes without a type arrive as they were sent',
  severity: 'error',
  remedy:
    'Return the bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  questions: [ask('bytes without a type', 'bytes/untyped', { isExtreme: true })],
  judge: judgeBytes('AP+A/g=='),
}
