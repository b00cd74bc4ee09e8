import { type Check, targetsGuide } from './check.ts'
import { fieldOf } from './header-fields.ts'

export const rightHeaderField: Check = {
  code: 'ALB105',
  name: 'headers are in the field of the mode',
  severity: 'error',
  remedy:
    'Return multiValueHeaders when the event has multiValueHeaders, else headers: the other field is not read.',
  source: targetsGuide,
  judge: (exchange) => {
    const { fields } = exchange
    const read = fieldOf(exchange)
    const other = read === 'headers' ? 'multiValueHeaders' : 'headers'
    if (!fields || fields[read] !== undefined || Object.keys(Object(fields[other])).length === 0)
      return []
    return [`${other} is not read, there is no ${read}`]
  },
}
