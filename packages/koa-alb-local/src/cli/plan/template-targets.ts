import type { LambdaErrorReason } from '../../answer/refusal.ts'
import type { Target } from '../../targets/target.ts'
import { codeFolder, readAssets } from '../../template/code-folder.ts'
import { type Invocable, invocableOf, isPermitted } from '../../template/permissions.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import type { FunctionSettings } from '../functions/local-function.ts'
import { readFunction } from './function-properties.ts'
import type { InvokedFunctions } from './invoked-functions.ts'
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

interface TargetContext {
  /** The template, beside which the code is. */
  readonly file: string
  readonly defaults: FunctionDefaults
  readonly invoked: InvokedFunctions
}

interface Failure {
  readonly errorReason: LambdaErrorReason
  readonly detail: string
  /** For the line at the start. */
  readonly remedy?: string
}

/**
 * What the target groups register.
 * @throws TemplateError when the code of a function is not there
 * @throws ConfigurationError
 */
export async function readTargets(
  resources: Resources,
  groups: readonly Resource[],
  { file, defaults, invoked }: TargetContext,
): Promise<TemplateTargets> {
  const functions = new Map<string, FunctionSettings>()
  const targets: Record<string, Target> = {}
  const notes: string[] = []
  const served: Resource[] = []
  const assets = await readAssets(file)
  const known: string[] = []
  for (const group of groups) {
    const [registered] = group.property.at('Targets').items()
    if (!registered) {
      served.push(group)
      continue
    }
    const id = String(registered.at('Id').value)
    const invocable = invocableOf(resources, id)
    const functionId = invocable?.resource.id ?? id
    known.push(functionId)
    const target = invokedTarget(id, invocable, invoked)
    const failure = failureOf(id, { invocable, isInvoked: target !== undefined }, group, resources)
    if (failure) {
      const { remedy = '', ...outcome } = failure
      notes.push(`Target group ${group.id}: ${failure.detail}; its requests get 502${remedy}`)
      targets[group.id] = { invoke: async () => outcome }
    }
    if (!failure && target) targets[group.id] = target
    if (!failure && !target && invocable) {
      const { property } = invocable.resource
      const folder = await codeFolder(invocable.resource, file, assets)
      functions.set(functionId, readFunction(functionId, property, folder, defaults))
    }
    served.push(registering(targets[group.id] ? group.id : functionId, group))
  }
  invoked.checkUse(known)
  return { functions, targets, groups: served, notes: [...notes, ...invoked.notes()] }
}

function registering(id: string, group: Resource): Resource {
  return { ...group, properties: { ...group.properties, Targets: [{ Id: id }] } }
}

function invokedTarget(
  id: string,
  invocable: Invocable | undefined,
  invoked: InvokedFunctions,
): Target | undefined {
  if (!invocable) return invoked.target([id], id)
  const { resource, names } = invocable
  const { FunctionName } = resource.properties
  const apiName = typeof FunctionName === 'string' ? FunctionName : resource.id
  return invoked.target([id, resource.id, ...names], apiName)
}

interface Registered {
  readonly invocable: Invocable | undefined
  readonly isInvoked: boolean
}

function failureOf(
  id: string,
  { invocable, isInvoked }: Registered,
  group: Resource,
  resources: Resources,
): Failure | undefined {
  if (!invocable) {
    // Whose it is, and what it permits, is not known here.
    if (isInvoked) return undefined
    const [resource = ''] = id.split('.')
    const kind = resources.typeOf(resource) ?? 'not in the template'
    const detail = `${id} is ${kind}; only AWS::Lambda::Function is served here`
    return { errorReason: 'LambdaResourceNotFound', detail, remedy: remedyFor(id) }
  }
  const { id: functionId, properties } = invocable.resource
  const kind = properties.PackageType === 'Image' ? 'an image' : String(properties.Runtime)
  if (!kind.startsWith('nodejs') && !isInvoked) {
    const detail = `${functionId} is ${kind}; only nodejs runtimes are served here`
    return { errorReason: 'LambdaResourceNotFound', detail, remedy: remedyFor(functionId) }
  }
  if (isPermitted(invocable, group, resources)) return undefined
  const detail = `${functionId} has no AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com that is for this target group`
  return { errorReason: 'LambdaAccessDenied', detail }
}

function remedyFor(name: string): string {
  return ` (--invoke ${name}=http://127.0.0.1:9000 calls it elsewhere)`
}
