import type { Invocable } from '../../template/invocable.ts'
import { invocableOf } from '../../template/invocable.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import type { Check } from './check.ts'

/** A check of what a template declares; nothing is invoked for it. */
export interface TemplateCheck extends Omit<Check, 'judge' | 'questions' | 'judgesFailures'> {
  /** What is wrong, a text for each. */
  judge(resources: Resources): readonly string[]
}

/** The target groups of functions. */
export function lambdaGroups(resources: Resources): readonly Resource[] {
  return resources
    .ofType('AWS::ElasticLoadBalancingV2::TargetGroup')
    .filter(({ properties }) => properties.TargetType === 'lambda')
}

/** What the group registers, as far as it is in the template. */
export function registeredIn(group: Resource, resources: Resources): Invocable | undefined {
  const { Targets } = group.properties
  const [first]: unknown[] = Array.isArray(Targets) ? Targets : []
  return invocableOf(resources, String(Object(first).Id))
}

/** The functions that load balancers call, once each. */
export function registeredFunctions(resources: Resources): readonly Resource[] {
  const found = new Map<string, Resource>()
  for (const group of lambdaGroups(resources)) {
    const resource = registeredIn(group, resources)?.resource
    if (resource) found.set(resource.id, resource)
  }
  return [...found.values()]
}
