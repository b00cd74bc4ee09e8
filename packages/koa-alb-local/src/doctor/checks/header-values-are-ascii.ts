import { behaviour, type Check } from './check.ts'
import { readHeaders } from './header-fields.ts'

const fieldValue = /^[\t\x20-\x7e]*$/

export const headerValuesAreAscii: Check = {
  code: 'ALB109',
  name: 'header values are ASCII without control characters',
  severity: 'error',
  remedy:
    "Encode what is beyond ASCII, such as a file name with filename*=UTF-8''; never put line breaks into a value.",
  source: behaviour,
  judge: (exchange) =>
    readHeaders(exchange)
      .filter(([, value]) => typeof value === 'string' && !fieldValue.test(value))
      .map(([name]) => `header value is not ASCII without control characters: ${name}`),
}
