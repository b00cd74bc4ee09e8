import { grantsIn } from './grants.ts'
import type { TemplateCheck } from './template-check.ts'

export const permissionHasAnAccount: TemplateCheck = {
  code: 'ALB403',
  name: 'a permission is for one account',
  severity: 'note',
  remedy: 'Set SourceAccount, too, in a policy the condition aws:SourceAccount: AWS advises both.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
  judge: (resources) =>
    grantsIn(resources)
      .filter(({ conditions }) => !conditions.includes('sourceaccount'))
      .map(({ id }) => `permission without SourceAccount: ${id}`),
}
