import { type Check, targetsGuide } from './check.ts'
import { judgeBytes } from './judged-bytes.ts'
import { ask } from './probe.ts'

export const bytesOfText: Check = {
  code: 'ALB207',
  name: 'UTF-8 text arrives as it was sent',
  severity: 'error',
  remedy:
    'Return the bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  questions: [ask('UTF-8 text', 'bytes/text')],
  judge: judgeBytes('xb5sdMO9IPCfmoA='),
}
