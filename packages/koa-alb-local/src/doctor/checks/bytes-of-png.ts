import { type Check, targetsGuide } from './check.ts'
import { judgeBytes } from './judged-bytes.ts'
import { ask } from './probe.ts'

export const bytesOfPng: Check = {
  code: 'ALB202',
  name: 'a PNG arrives as it was sent',
  severity: 'error',
  remedy:
    'Return the bytes as base64 with isBase64Encoded true; most adapters want to be told of binary types.',
  source: targetsGuide,
  questions: [ask('a PNG', 'bytes/png')],
  judge: judgeBytes('iVBORw0KGgoAAAANSUhEUgD/gA=='),
}
