import { behaviour, type Check } from './check.ts'
import { judgeBody } from './judged-body.ts'
import { ask } from './probe.ts'

export const emptyBody: Check = {
  code: 'ALB231',
  name: 'an empty body is empty, whatever the flag says',
  severity: 'error',
  remedy: 'Treat an empty body as none, with isBase64Encoded true or false.',
  source: behaviour,
  questions: [
    ask('an empty body', 'echo', { method: 'POST' }),
    ask('an empty body that is said to be base64', 'echo', { method: 'POST', emptyIsBase64: true }),
  ],
  judge: judgeBody(),
}
