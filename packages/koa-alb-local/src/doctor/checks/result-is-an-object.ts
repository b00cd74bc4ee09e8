import { type Check, targetsGuide } from './check.ts'
import { kindOf } from './header-fields.ts'

export const resultIsAnObject: Check = {
  code: 'ALB103',
  name: 'the result is an object',
  severity: 'error',
  remedy: 'Return an object with a statusCode.',
  source: targetsGuide,
  judge: ({ document, fields, outcome }) =>
    'payload' in outcome && !fields ? [`the result is ${kindOf(document)}`] : [],
}
