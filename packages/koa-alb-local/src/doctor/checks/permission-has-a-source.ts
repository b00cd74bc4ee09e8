import type { Resource, Resources } from '../../template/resources.ts'
import type { TemplateCheck } from './template-check.ts'

const ofBalancers = (resources: Resources): readonly Resource[] =>
  resources
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties }) => properties.Principal === 'elasticloadbalancing.amazonaws.com')

export const permissionHasASource: TemplateCheck = {
  code: 'ALB402',
  name: 'a permission is for one target group',
  severity: 'warning',
  remedy:
    'Set SourceArn to the ARN of the target group: without it, any load balancer may call the function.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
  judge: (resources) =>
    ofBalancers(resources)
      .filter(({ declared }) => !declared.includes('SourceArn'))
      .map(({ id }) => `permission without SourceArn: ${id}`),
}
