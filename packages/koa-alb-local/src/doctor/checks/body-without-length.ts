import { behaviour, type Check } from './check.ts'
import { judgeBody } from './judged-body.ts'
import { ask } from './probe.ts'

export const bodyWithoutLength: Check = {
  code: 'ALB235',
  name: 'a body without content-length arrives',
  severity: 'warning',
  remedy:
    'Take the length from the body of the event: what came in chunks or over HTTP/2 may have no content-length.',
  source: behaviour,
  questions: [
    ask('a body without content-length', 'echo', {
      method: 'POST',
      headers: [['content-type', 'text/plain']],
      body: Buffer.from('no length'),
      hasNoLength: true,
    }),
  ],
  judge: judgeBody(),
}
