import { behaviour, type Check } from './check.ts'

export const headersFit: Check = {
  code: 'ALB115',
  name: 'response headers fit into 32 KB',
  severity: 'error',
  remedy: 'Send fewer or shorter headers; cookies are the usual reason.',
  source: behaviour,
  judge: ({ refusal = '' }) => (refusal.startsWith('the response headers take') ? [refusal] : []),
}
