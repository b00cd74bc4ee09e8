import { type Check, targetsGuide } from './check.ts'
import { kindOf, readHeaders } from './header-fields.ts'

export const headerValuesAreStrings: Check = {
  code: 'ALB107',
  name: 'header values are strings',
  severity: 'error',
  remedy: 'Make it a string: String(length).',
  source: targetsGuide,
  judge: (exchange) =>
    readHeaders(exchange)
      .filter(([, value]) => typeof value !== 'string')
      .map(([name, value]) => `header value is ${kindOf(value)}: ${name}`),
}
