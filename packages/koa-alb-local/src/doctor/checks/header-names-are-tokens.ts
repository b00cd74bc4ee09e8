import { type Check, targetsGuide } from './check.ts'
import { readHeaders, shown } from './header-fields.ts'

// RFC 9110, section 5.6.2.
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export const headerNamesAreTokens: Check = {
  code: 'ALB108',
  name: 'header names are HTTP tokens',
  severity: 'error',
  remedy: 'Use letters, digits and hyphens in names of headers.',
  source: targetsGuide,
  judge: (exchange) => {
    const names = new Set(readHeaders(exchange).map(([name]) => name))
    return [...names]
      .filter((name) => !token.test(name))
      .map((name) => `header name is no token: ${shown(name)}`)
  },
}
