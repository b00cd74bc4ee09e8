import type { Resource, Resources } from './resources.ts'

const service = 'elasticloadbalancing.amazonaws.com'
const actions: readonly unknown[] = ['lambda:InvokeFunction', 'lambda:*', '*']

/** The function behind a target, and the names under which it may be called. */
export interface Invocable {
  readonly functionId: string
  /** What `FunctionName` of a permission may be. */
  readonly names: readonly string[]
}

/** What a target group may register: functions, their aliases and versions, by logical id. */
export function invocables(resources: Resources): ReadonlyMap<string, Invocable> {
  const found = new Map<string, Invocable>()
  for (const { id, properties } of resources.ofType('AWS::Lambda::Function')) {
    const name = properties.FunctionName
    found.set(id, { functionId: id, names: typeof name === 'string' ? [id, name] : [id] })
  }
  for (const type of ['AWS::Lambda::Alias', 'AWS::Lambda::Version']) {
    for (const { id, properties } of resources.ofType(type)) {
      const target = found.get(String(properties.FunctionName))
      const functionId = target?.functionId ?? String(properties.FunctionName)
      const qualified = (target?.names ?? []).map((name) => `${name}:${properties.Name}`)
      found.set(id, { functionId, names: [id, ...qualified] })
    }
  }
  return found
}

/** Whether a permission of the template lets the load balancer call the target of this group. */
export function isPermitted(
  { names }: Invocable,
  group: Resource,
  permissions: readonly Resource[],
): boolean {
  return permissions.some(({ properties }) => {
    const { FunctionName, Principal, Action, SourceArn } = properties
    return (
      names.includes(String(FunctionName).replace(/^arn:.*:function:/, '')) &&
      Principal === service &&
      actions.includes(Action) &&
      (SourceArn === undefined || isFor(String(SourceArn), group))
    )
  })
}

// The ARN of a group here is its logical id; one that is put together has the group's name.
function isFor(sourceArn: string, { id, properties }: Resource): boolean {
  const name = /:targetgroup\/([^/]+)/.exec(sourceArn)?.[1]
  if (name === undefined) return sourceArn === id
  const pattern = name
    .replace(/[\\^$.+()|[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${pattern}$`).test(String(properties.Name ?? id))
}
