import { type Check, targetsGuide } from './check.ts'
import { fieldOf, kindOf } from './header-fields.ts'

export const headersAreAnObject: Check = {
  code: 'ALB116',
  name: 'headers are an object, and lists where the mode wants them',
  severity: 'error',
  remedy:
    'Return an object of strings in headers, an object of arrays of strings in multiValueHeaders.',
  source: targetsGuide,
  judge: (exchange) => {
    const field = fieldOf(exchange)
    const headers = exchange.fields?.[field]
    if (headers === undefined || headers === null) return []
    if (typeof headers !== 'object' || Array.isArray(headers))
      return [`${field} is ${kindOf(headers)}`]
    if (exchange.mode === 'single') return []
    return Object.entries(headers)
      .filter(([, values]) => !Array.isArray(values) && typeof values === 'string')
      .map(([name]) => `header values are no array: ${name}`)
  },
}
