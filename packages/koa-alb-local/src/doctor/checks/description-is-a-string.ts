import { type Check, targetsGuide } from './check.ts'
import { kindOf } from './header-fields.ts'

export const descriptionIsAString: Check = {
  code: 'ALB117',
  name: 'statusDescription is a string',
  severity: 'error',
  remedy: "Return such as '200 OK', or leave it out.",
  source: targetsGuide,
  judge: ({ fields }) => {
    const text = fields?.statusDescription
    return text === undefined || text === null || typeof text === 'string'
      ? []
      : [`statusDescription is ${kindOf(text)}`]
  },
}
