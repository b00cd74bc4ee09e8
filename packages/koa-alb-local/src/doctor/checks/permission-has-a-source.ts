import { grantsIn } from './grants.ts'
import type { TemplateCheck } from './template-check.ts'

export const permissionHasASource: TemplateCheck = {
  code: 'ALB402',
  name: 'a permission is for one target group',
  severity: 'warning',
  remedy:
    'Set SourceArn to the ARN of the target group, in a policy the condition aws:SourceArn: without it, any load balancer may call the function.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
  judge: (resources) =>
    grantsIn(resources)
      .filter(({ conditions }) => !conditions.includes('sourcearn'))
      .map(({ id }) => `permission without SourceArn: ${id}`),
}
