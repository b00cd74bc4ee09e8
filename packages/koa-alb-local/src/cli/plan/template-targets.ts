import type { Target } from '../../targets/target.ts'
import { type Invocable, invocableOf } from '../../template/invocable.ts'
import { denialOf } from '../../template/permissions.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import type { FunctionSettings } from '../functions/function-settings.ts'
import { type Failure, type FunctionContext, readSettings } from './function-settings.ts'
import type { InvokedFunctions } from './invoked-functions.ts'
import { missingNote } from './known-routing.ts'

export interface TemplateTargets {
  readonly functions: ReadonlyMap<string, FunctionSettings>
  /** What stands for functions that cannot be called. */
  readonly targets: Readonly<Record<string, Target>>
  /** The target groups, each with the name of its function or of what stands for it. */
  readonly groups: readonly Resource[]
  /** Functions whose code is not here, each with the reason. */
  readonly unbuilt: ReadonlyMap<string, string>
  /** Endpoints of functions that run elsewhere, each with the names that they are called by. */
  readonly calls: readonly string[]
  /** What is not served, a line for each. */
  readonly notes: readonly string[]
}

interface TargetContext extends FunctionContext {
  readonly invoked: InvokedFunctions
}

/**
 * What the target groups register.
 * @throws ConfigurationError
 * @throws StartError when there is an endpoint for what no target group registers
 */
export async function readTargets(
  resources: Resources,
  groups: readonly Resource[],
  { invoked, ...context }: TargetContext,
): Promise<TemplateTargets> {
  const functions = new Map<string, FunctionSettings>()
  const targets: Record<string, Target> = {}
  const unbuilt = new Map<string, string>()
  const notes: string[] = []
  const served: Resource[] = []
  const known: string[] = []
  for (const group of groups) {
    notes.push(...group.missing.map((each) => missingNote(group, each, 'it is left out')))
    const [registered] = group.property.at('Targets').items()
    // What is registered by an address is on another network.
    if (!registered || (group.properties.TargetType ?? 'instance') !== 'lambda') {
      served.push(group)
      continue
    }
    const id = String(registered.at('Id').value)
    const invocable = invocableOf(resources, id)
    const functionId = invocable?.resource.id ?? id
    known.push(functionId)
    const target = invokedTarget(id, invocable, invoked)
    const refused = failureOf(id, { invocable, isInvoked: target !== undefined }, group, resources)
    const read =
      refused || target || !invocable
        ? refused
        : await readSettings(invocable.resource, resources, context)
    if (read && 'settings' in read) {
      if (!functions.has(functionId)) notes.push(...read.notes)
      functions.set(functionId, read.settings)
    } else if (read) {
      const { remedy = '', isUnbuilt, ...outcome } = read
      if (isUnbuilt) unbuilt.set(functionId, read.detail)
      notes.push(`Target group ${group.id}: ${read.detail}; its requests get 502${remedy}`)
      targets[group.id] = { invoke: async () => outcome }
    } else if (target) targets[group.id] = target
    served.push(registering(targets[group.id] ? group.id : functionId, group))
  }
  invoked.checkUse(known)
  return {
    functions,
    targets,
    unbuilt,
    groups: served,
    calls: invoked.calls,
    notes: [...notes, ...invoked.notes()],
  }
}

function registering(id: string, group: Resource): Resource {
  return { ...group, properties: { ...group.properties, Targets: [{ Id: id }] } }
}

function invokedTarget(
  id: string,
  invocable: Invocable | undefined,
  invoked: InvokedFunctions,
): Target | undefined {
  if (!invocable) return invoked.target([id], [id])
  const { resource, names } = invocable
  const { FunctionName } = resource.properties
  const own = typeof FunctionName === 'string' ? [FunctionName] : []
  return invoked.target([id, resource.id, ...names], [...own, resource.id])
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
    const kind = resources.typeOf(id) ?? resources.typeOf(resource) ?? 'not in the template'
    const detail = `${id} is ${kind}; only AWS::Lambda::Function is served here`
    return { errorReason: 'LambdaResourceNotFound', detail, remedy: remedyFor(id) }
  }
  const { id: functionId, properties } = invocable.resource
  const kind = properties.PackageType === 'Image' ? 'an image' : String(properties.Runtime)
  if (!kind.startsWith('nodejs') && !isInvoked) {
    const detail = `${functionId} is ${kind}; only nodejs runtimes are served here`
    return { errorReason: 'LambdaResourceNotFound', detail, remedy: remedyFor(functionId) }
  }
  const denial = denialOf(invocable, group, resources)
  if (denial === undefined) return undefined
  return { errorReason: 'LambdaAccessDenied', detail: `${functionId} may not be called: ${denial}` }
}

function remedyFor(name: string): string {
  return ` (--invoke ${name}=http://127.0.0.1:9000 calls it elsewhere)`
}
