import { denialOf } from '../../template/permissions.ts'
import { targetsGuide } from './check.ts'
import { lambdaGroups, registeredIn, type TemplateCheck } from './template-check.ts'

export const mayBeCalled: TemplateCheck = {
  code: 'ALB401',
  name: 'the load balancer may call what is registered',
  severity: 'error',
  remedy:
    'Add an AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com with the ARN of the target group as SourceArn, on the function or alias that is registered.',
  source: targetsGuide,
  judge: (resources) =>
    lambdaGroups(resources).flatMap((group) => {
      const invocable = registeredIn(group, resources)
      const denial = invocable && denialOf(invocable, group, resources)
      return denial === undefined ? [] : [`${invocable?.resource.id}: ${denial}`]
    }),
}
