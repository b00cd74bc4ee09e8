import { knownFields } from '../../invocation/document.ts'
import { type Check, targetsGuide } from './check.ts'

export const noUnreadFields: Check = {
  code: 'ALB122',
  name: 'every field is one that load balancers read',
  severity: 'warning',
  remedy: 'Set cookies as set-cookie headers: cookies is a field of API Gateway, and is lost.',
  source: targetsGuide,
  judge: ({ fields = {} }) =>
    Object.keys(fields)
      .filter((name) => !knownFields.includes(name))
      .map((name) => `field is not read: ${name}`),
}
