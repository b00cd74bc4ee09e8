import { type Check, targetsGuide } from './check.ts'
import { shown } from './header-fields.ts'

export const flagIsABoolean: Check = {
  code: 'ALB111',
  name: 'isBase64Encoded is a boolean',
  severity: 'error',
  remedy: 'Return true or false, not a string or a number.',
  source: targetsGuide,
  judge: ({ fields }) => {
    const flag = fields?.isBase64Encoded
    return flag === undefined || flag === null || typeof flag === 'boolean'
      ? []
      : [`isBase64Encoded is ${shown(flag)}`]
  },
}
