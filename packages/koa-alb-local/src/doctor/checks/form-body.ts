import { behaviour, type Check } from './check.ts'
import { judgeBody } from './judged-body.ts'
import { ask } from './probe.ts'

export const formBody: Check = {
  code: 'ALB232',
  name: 'a form that comes as base64 arrives',
  severity: 'error',
  remedy: 'Decode the body when isBase64Encoded is true: forms come as base64.',
  source: behaviour,
  questions: [
    ask('a form', 'echo', {
      method: 'POST',
      headers: [['content-type', 'application/x-www-form-urlencoded']],
      body: Buffer.from('a=1&b=%26'),
    }),
  ],
  judge: judgeBody(),
}
