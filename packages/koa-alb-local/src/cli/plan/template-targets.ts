import type { LambdaErrorReason } from '../../answer/refusal.ts'
import type { Target } from '../../targets/target.ts'
import { codeFolder, readAssets } from '../../template/code-folder.ts'
import { type Invocable, invocableOf, isPermitted } from '../../template/permissions.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import type { FunctionSettings } from '../functions/local-function.ts'
import { readFunction } from './function-properties.ts'
import type { FunctionDefaults } from './plan.ts'

export interface TemplateTargets {
  readonly functions: ReadonlyMap<string, FunctionSettings>
  /** What stands for functions that cannot be called. */
  readonly targets: Readonly<Record<string, Target>>
  /** The target groups, each with the name of its function or of what stands for it. */
  readonly groups: readonly Resource[]
  /** What is not served, a line for each. */
  readonly notes: readonly string[]
}

interface Failure {
  readonly errorReason: LambdaErrorReason
  readonly detail: string
}

/**
 * What the target groups register.
 * @throws TemplateError when the code of a function is not there
 * @throws ConfigurationError
 */
export async function readTargets(
  resources: Resources,
  groups: readonly Resource[],
  file: string,
  defaults: FunctionDefaults,
): Promise<TemplateTargets> {
  const functions = new Map<string, FunctionSettings>()
  const targets: Record<string, Target> = {}
  const notes: string[] = []
  const served: Resource[] = []
  const assets = await readAssets(file)
  for (const group of groups) {
    const [registered] = group.property.at('Targets').items()
    const id = String(registered?.at('Id').value)
    const invocable = invocableOf(resources, id)
    const failure = registered && failureOf(id, invocable, group, resources)
    if (!registered) served.push(group)
    else if (failure) {
      targets[group.id] = { invoke: async () => failure }
      served.push(registering(group.id, group))
      notes.push(`Target group ${group.id}: ${failure.detail}; its requests get 502`)
    } else if (invocable) {
      const { id: functionId, property } = invocable.resource
      const folder = await codeFolder(invocable.resource, file, assets)
      functions.set(functionId, readFunction(functionId, property, folder, defaults))
      served.push(registering(functionId, group))
    }
  }
  return { functions, targets, groups: served, notes }
}

function registering(id: string, group: Resource): Resource {
  return { ...group, properties: { ...group.properties, Targets: [{ Id: id }] } }
}

function failureOf(
  id: string,
  invocable: Invocable | undefined,
  group: Resource,
  resources: Resources,
): Failure | undefined {
  if (!invocable) {
    const [resource = ''] = id.split('.')
    const kind = resources.typeOf(resource) ?? 'not in the template'
    const detail = `${id} is ${kind}; only AWS::Lambda::Function is served here`
    return { errorReason: 'LambdaResourceNotFound', detail }
  }
  const { id: functionId, properties } = invocable.resource
  const kind = properties.PackageType === 'Image' ? 'an image' : String(properties.Runtime)
  if (!kind.startsWith('nodejs')) {
    const detail = `${functionId} is ${kind}; only nodejs runtimes are served here`
    return { errorReason: 'LambdaResourceNotFound', detail }
  }
  if (isPermitted(invocable, group, resources)) return undefined
  const detail = `${functionId} has no AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com that is for this target group`
  return { errorReason: 'LambdaAccessDenied', detail }
}
