import { toPattern } from '../rules/matchers.ts'
import type { Resource, Resources } from './resources.ts'

const service = 'elasticloadbalancing.amazonaws.com'
const actions: readonly unknown[] = ['lambda:InvokeFunction', 'lambda:*', '*']

/** What a target group registers: a function itself, or an alias or a version of it. */
export interface Invocable {
  readonly resource: Resource
  /** What `FunctionName` of a permission may be. */
  readonly names: readonly string[]
}

/** What has this id, name or ARN, if it is in the template. */
export function invocableOf(resources: Resources, id: string): Invocable | undefined {
  const name = withoutArn(id)
  const own = functionNamed(resources, name)
  if (own) return { resource: own, names: namesOf(own) }
  for (const type of ['AWS::Lambda::Alias', 'AWS::Lambda::Version']) {
    for (const { id: qualifiedId, properties } of resources.ofType(type)) {
      const resource = functionNamed(resources, withoutArn(String(properties.FunctionName)))
      if (!resource) continue
      const qualified = namesOf(resource).map((each) => `${each}:${properties.Name}`)
      const names = [qualifiedId, ...qualified]
      if (names.includes(name)) return { resource, names }
    }
  }
  return undefined
}

function functionNamed(resources: Resources, name: string): Resource | undefined {
  const functions = resources.ofType('AWS::Lambda::Function')
  const byId = functions.find(({ id }) => id === name)
  return byId ?? functions.find(({ properties }) => properties.FunctionName === name)
}

function namesOf({ id, properties }: Resource): string[] {
  return typeof properties.FunctionName === 'string' ? [id, properties.FunctionName] : [id]
}

/** Whether a permission of the template lets the load balancer call the target of this group. */
export function isPermitted({ names }: Invocable, group: Resource, resources: Resources): boolean {
  return resources.ofType('AWS::Lambda::Permission').some(({ properties }) => {
    const { FunctionName, Principal, Action, SourceArn } = properties
    return (
      names.includes(withoutArn(String(FunctionName))) &&
      Principal === service &&
      actions.includes(Action) &&
      (SourceArn === undefined || isFor(String(SourceArn), group))
    )
  })
}

function withoutArn(id: string): string {
  return id.replace(/^arn:.*:function:/, '')
}

// The ARN of a group here is its logical id; one that is put together has the group's name.
function isFor(sourceArn: string, { id, properties }: Resource): boolean {
  const name = /:targetgroup\/([^/]+)/.exec(sourceArn)?.[1]
  if (name === undefined) return sourceArn === id
  const pattern = toPattern(name, { ignoreCase: false, escapes: false })
  return pattern.matches(String(properties.Name ?? id))
}
