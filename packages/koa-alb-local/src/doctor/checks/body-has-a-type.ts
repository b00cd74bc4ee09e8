import { behaviour, type Check } from './check.ts'
import { readHeaders } from './header-fields.ts'

export const bodyHasAType: Check = {
  code: 'ALB120',
  name: 'a body has a content type',
  severity: 'warning',
  remedy:
    'Set content-type: without one the client gets application/octet-stream, and browsers download.',
  source: behaviour,
  judge: (exchange) => {
    const { answer } = exchange
    if (!answer || answer.body.length === 0) return []
    const isGiven = readHeaders(exchange).some(([name]) => name.toLowerCase() === 'content-type')
    return isGiven ? [] : ['no content-type for a body']
  },
}
