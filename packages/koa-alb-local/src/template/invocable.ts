import type { Resource, Resources } from './resources.ts'

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

/** The name or logical id in what refers to a function. */
export function withoutArn(id: string): string {
  return id.replace(/^arn:.*:function:/, '')
}
