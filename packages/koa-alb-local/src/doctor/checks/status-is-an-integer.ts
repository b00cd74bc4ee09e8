import { type Check, targetsGuide } from './check.ts'
import { shown } from './header-fields.ts'

export const statusIsAnInteger: Check = {
  code: 'ALB104',
  name: 'statusCode is an integer from 200 to 599',
  severity: 'error',
  remedy: "Return statusCode as a number, such as 200 and not '200'.",
  source: targetsGuide,
  judge: ({ fields }) => {
    if (!fields || fields.statusCode === null) return []
    const { statusCode } = fields
    const isFine =
      Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) <= 599
    return isFine ? [] : [`statusCode is ${shown(statusCode)}`]
  },
}
