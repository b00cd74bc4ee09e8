import { behaviour, type Check } from './check.ts'
import { ask } from './probe.ts'

export const bodyLeftOut: Check = {
  code: 'ALB243',
  name: 'what an app writes with HEAD, 204 or 304 is left out',
  severity: 'note',
  remedy: 'Leave it out, as a server of Node does: it does not reach the client.',
  source: behaviour,
  questions: [
    ask('HEAD with a body', 'body/200', { method: 'HEAD', isExtreme: true }),
    ask('a 204 with a body', 'body/204', { isExtreme: true }),
    ask('a 304 with a body', 'body/304', { isExtreme: true }),
  ],
  judge: ({ answer, fields, question }) =>
    answer && fields?.body ? [`${question.about} is handed over with it`] : [],
}
