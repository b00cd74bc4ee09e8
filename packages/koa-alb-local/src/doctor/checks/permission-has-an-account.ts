import type { Resource, Resources } from '../../template/resources.ts'
import type { TemplateCheck } from './template-check.ts'

const ofBalancers = (resources: Resources): readonly Resource[] =>
  resources
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties }) => properties.Principal === 'elasticloadbalancing.amazonaws.com')

export const permissionHasAnAccount: TemplateCheck = {
  code: 'ALB403',
  name: 'a permission is for one account',
  severity: 'note',
  remedy: 'Set SourceAccount, too: AWS advises both.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html',
  judge: (resources) =>
    ofBalancers(resources)
      .filter(({ declared }) => !declared.includes('SourceAccount'))
      .map(({ id }) => `permission without SourceAccount: ${id}`),
}
