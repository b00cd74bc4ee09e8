import { behaviour, type Check } from './check.ts'

export const noBodyForHead: Check = {
  code: 'ALB129',
  name: 'HEAD has no body',
  severity: 'note',
  remedy: 'Leave the body of HEAD out: it does not reach the client. Its content-length may stay.',
  source: behaviour,
  judge: ({ answer, fields, question }) => {
    if (!answer || question.method !== 'HEAD' || !fields?.body) return []
    // What has none with GET either is another check's.
    const isBare = answer.status === 204 || answer.status === 304
    return isBare ? [] : ['the body of HEAD is lost']
  },
}
