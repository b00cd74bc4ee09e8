import { targetGroupArn } from '../properties/names.ts'
import { toPattern } from '../rules/matchers.ts'
import { type Invocable, withoutArn } from './invocable.ts'
import { asObject, type TemplateObject } from './read-template.ts'
import type { Resource, Resources } from './resources.ts'

const service = 'elasticloadbalancing.amazonaws.com'
const action = 'lambda:InvokeFunction'

// Conditions that no call of a load balancer meets.
const ofOthers: readonly string[] = [
  'EventSourceToken',
  'FunctionUrlAuthType',
  'InvokedViaFunctionUrl',
  'PrincipalOrgID',
]

/**
 * Why the load balancer may not call the target of this group; undefined when it may. The accounts of
 * a template are not this one's, so none is compared.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function denialOf(
  { names }: Invocable,
  group: Resource,
  resources: Resources,
): string | undefined {
  const isOwn = (arn: unknown): boolean => names.includes(withoutArn(String(arn)))
  const policies = resources
    .ofType('AWS::Lambda::ResourcePolicy')
    .filter(({ properties }) => isOwn(properties.ResourceArn))
  // It replaces whatever permissions have put together.
  if (policies.length > 0) {
    const allows = policies.some((policy) => isAllowed(policy.properties.PolicyDocument, group))
    return allows
      ? undefined
      : `its AWS::Lambda::ResourcePolicy ${policies[0]?.id} does not let ${service} call it for this target group`
  }
  const permissions = resources
    .ofType('AWS::Lambda::Permission')
    .filter(({ properties }) => isOwn(properties.FunctionName))
  if (permissions.some((permission) => permits(permission, group))) return undefined
  const other = permissions
    .flatMap(({ id, properties }) => ofOthers.map((name) => [id, name, properties[name]] as const))
    .find(([, , value]) => value !== undefined)
  const why = other ? `; ${other[0]} is for callers with ${other[1]}` : ''
  return `it has no AWS::Lambda::Permission for ${service} that is for this target group${why}`
}

// What is not known of one is taken to fit.
function permits({ properties, missing }: Resource, group: Resource): boolean {
  const { Principal = '', Action = '', SourceArn } = properties
  const isOpen = (name: string): boolean => missing.some(({ path }) => path === name)
  return (
    (isOpen('Principal') || Principal === service || Principal === '*') &&
    (isOpen('Action') || isAction(Action)) &&
    (SourceArn === undefined || isFor(String(SourceArn), group)) &&
    ofOthers.every((name) => properties[name] === undefined)
  )
}

function isAllowed(document: unknown, group: Resource): boolean {
  const policy: unknown = typeof document === 'string' ? parsed(document) : document
  const statements = listOf(asObject(policy).Statement)
    .map(asObject)
    .filter((statement) => {
      const actions = listOf(statement.Action)
      return isService(statement.Principal) && actions.some(isAction) && meets(statement, group)
    })
  const effects = statements.map(({ Effect }) => Effect)
  return effects.includes('Allow') && !effects.includes('Deny')
}

function isService(principal: unknown): boolean {
  if (principal === '*') return true
  const { AWS, Service } = asObject(principal)
  return listOf(Service).includes(service) || listOf(AWS).includes('*')
}

/** Whether a call for this group meets every condition; one that no such call has a value for is not met. */
function meets({ Condition }: TemplateObject, group: Resource): boolean {
  const tests = Object.entries(asObject(Condition)).flatMap(([operator, keys]) =>
    Object.entries(asObject(keys)).map(([key, values]) => {
      return { operator, key: key.toLowerCase(), values: listOf(values).map(String) }
    }),
  )
  return tests.every(({ operator, key, values }) => {
    const isNegated = /Not(?:Like|Equals)/.test(operator)
    if (key === 'aws:sourceaccount') return !isNegated
    if (key !== 'aws:sourcearn') return isNegated || operator.endsWith('IfExists')
    return values.some((value) => isFor(value, group)) !== isNegated
  })
}

function isAction(pattern: unknown): boolean {
  return toPattern(String(pattern), { ignoreCase: true, escapes: false }).matches(action)
}

// The ARN of a group here is its logical id; one that is put together has the group's name. Account,
// region and the id at the end of an ARN are those of the account it was written for.
function isFor(sourceArn: string, { id, properties }: Resource): boolean {
  const matches = (source: string, text: string): boolean =>
    toPattern(source, { ignoreCase: false, escapes: false }).matches(text)
  const name = String(properties.Name ?? id)
  const [arn, , owner = '', , , ...resource] = sourceArn.split(':')
  if (arn !== 'arn' || resource.length === 0) {
    return matches(sourceArn, id) || matches(sourceArn, targetGroupArn(name))
  }
  if (!matches(owner, 'elasticloadbalancing')) return false
  const path = resource.join(':').replace(/^(targetgroup\/[^/]+\/)[0-9a-f]{16}$/, '$1*')
  return matches(path, targetGroupArn(name).split(':').slice(5).join(':'))
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  return value === undefined || value === null ? [] : [value]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
