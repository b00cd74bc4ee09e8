import { type Check, targetsGuide } from './check.ts'
import { kindOf } from './header-fields.ts'

export const bodyIsAString: Check = {
  code: 'ALB110',
  name: 'body is a string',
  severity: 'error',
  remedy: 'Return JSON.stringify(value) for an object, base64 text for bytes.',
  source: targetsGuide,
  judge: ({ fields }) => {
    const body = fields?.body
    return body === undefined || body === null || typeof body === 'string'
      ? []
      : [`body is ${kindOf(body)}`]
  },
}
