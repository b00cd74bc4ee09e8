import { type Check, targetsGuide } from './check.ts'
import { judgeBody } from './judged-body.ts'
import { ask } from './probe.ts'

export const textBody: Check = {
  code: 'ALB233',
  name: 'JSON with characters beyond ASCII arrives',
  severity: 'error',
  remedy: 'Make UTF-8 of the body when isBase64Encoded is false.',
  source: targetsGuide,
  questions: [
    ask('JSON', 'echo', {
      method: 'POST',
      headers: [['content-type', 'application/json']],
      body: Buffer.from('{"a":"žlutý 🚀"}'),
    }),
  ],
  judge: judgeBody(),
}
