import { type Check, targetsGuide } from './check.ts'
import { judgeBytes } from './judged-bytes.ts'
import { ask } from './probe.ts'

export const bytesOfGzip: Check = {
  code: 'ALB203',
  name: 'a gzip body arrives as it was sent',
  severity: 'error',
  remedy:
    'Return the bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  questions: [ask('a gzip body', 'bytes/gzip')],
  judge: judgeBytes('H4sIAAAAAAACA8tIzcnJBwCGphA2BQAAAA=='),
}
