import { type Check, targetsGuide } from './check.ts'
import { judgeBody } from './judged-body.ts'
import { ask } from './probe.ts'

export const binaryBody: Check = {
  code: 'ALB234',
  name: 'binary bodies arrive',
  severity: 'error',
  remedy: 'Decode the body when isBase64Encoded is true.',
  source: targetsGuide,
  questions: [
    ask('a binary body', 'echo', {
      method: 'PUT',
      headers: [['content-type', 'application/octet-stream']],
      body: Buffer.from('AP+AwyjEAA==', 'base64'),
    }),
  ],
  judge: judgeBody(),
}
