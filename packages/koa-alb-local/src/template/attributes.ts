import { loadBalancerId, targetGroupArn } from '../properties/names.ts'
import { asObject, type TemplateObject } from './read-template.ts'

/** What stands for an attribute of a resource; undefined when nothing can. */
export function attributeOf(
  id: string,
  name: string,
  resource: TemplateObject,
  region: string,
): string | undefined {
  const own = ofType[`${resource.Type} ${name}`]
  if (own) return own(id, asObject(resource.Properties), region)
  // Its outputs are in another template.
  if (name.startsWith('Outputs.')) return undefined
  // Configuration refers to resources by their names, so an ARN is the logical id, too.
  if (name.endsWith('Arn')) return id
  return /(?:Name|Id|Version)$/.test(name) ? `${id}.${name}` : undefined
}

type StandIn = (id: string, properties: TemplateObject, region: string) => string

const ofType: Readonly<Record<string, StandIn>> = {
  'AWS::Cognito::UserPool Arn': (id, _properties, region) =>
    `arn:aws:cognito-idp:${region}:123456789012:userpool/${id}`,
  'AWS::ElasticLoadBalancingV2::LoadBalancer LoadBalancerFullName': (id, properties) =>
    loadBalancerId(nameOf(id, properties)),
  'AWS::ElasticLoadBalancingV2::TargetGroup TargetGroupFullName': (id, properties) =>
    targetGroupArn(nameOf(id, properties)).replace(/^.*:/, ''),
}

// A name that is put together is not known yet.
function nameOf(id: string, { Name }: TemplateObject): string {
  return typeof Name === 'string' ? Name : id
}
