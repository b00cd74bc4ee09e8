import type {
  ListenerCertificateProperties,
  ListenerProperties,
  ListenerRuleProperties,
  TargetGroupProperties,
} from '../configuration/cloudformation.ts'
import type { ApplicationLoadBalancerOptions } from '../configuration/configuration.ts'
import { Property } from '../configuration/property.ts'
import type { Target } from '../target.ts'
import { codeFolder, readAssets } from '../template/code-folder.ts'
import { Intrinsics } from '../template/intrinsics.ts'
import { invocables, isPermitted } from '../template/permissions.ts'
import { readTemplate } from '../template/read-template.ts'
import { type Resource, Resources } from '../template/resources.ts'
import { TemplateError } from '../template/template-error.ts'
import { addSelfSigned } from './certificate.ts'
import { readFunction } from './function-properties.ts'
import type { FunctionSettings } from './local-function.ts'
import type { FunctionDefaults, Plan } from './plan.ts'
import { StartError } from './start-error.ts'
import { templateNotes } from './template-notes.ts'

const elb = 'AWS::ElasticLoadBalancingV2::'

/**
 * The load balancer of a template with everything behind it, as declared.
 * @throws StartError when the template cannot be read, or served
 * @throws ConfigurationError
 */
export async function planForTemplate(
  file: string,
  loadBalancerId: string | undefined,
  defaults: FunctionDefaults,
): Promise<Plan> {
  try {
    const template = await readTemplate(file)
    const intrinsics = new Intrinsics(template, defaults.environment.AWS_REGION)
    const resources = new Resources(template, intrinsics)
    const balancer = chosen(resources, loadBalancerId)
    const routing = routingOf(resources, balancer)
    const { functions, targets, groups } = await readTargets(resources, routing, file, defaults)
    const root = new Property(routing, '')
    return {
      configuration: {
        loadBalancer: balancer.properties,
        ...routing,
        targetGroups: groups,
        targets,
        certificates: await addSelfSigned({}, root),
      },
      functions,
      notes: templateNotes(resources, intrinsics, functions, defaults.node),
    }
  } catch (error) {
    if (error instanceof TemplateError || isFileError(error)) {
      throw new StartError(`${file}: ${error.message}`)
    }
    throw error
  }
}

function chosen(resources: Resources, id: string | undefined): Resource {
  const balancers = resources
    .ofType(`${elb}LoadBalancer`)
    .filter(({ properties }) => (properties.Type ?? 'application') === 'application')
  const ids = balancers.map((balancer) => balancer.id).join(', ')
  if (balancers.length === 0) throw new TemplateError('there is no Application Load Balancer in it')
  const found = id === undefined ? balancers : balancers.filter((balancer) => balancer.id === id)
  const [first, second] = found
  if (first && !second) return first
  const problem = id === undefined ? 'there are several load balancers' : `there is no ${id}`
  throw new TemplateError(`${problem}; choose with --load-balancer: ${ids}`)
}

type Routing = Required<
  Pick<ApplicationLoadBalancerOptions, 'listeners' | 'listenerRules' | 'listenerCertificates'>
>

// Whatever a template holds is checked when the load balancer is created.
function routingOf(resources: Resources, balancer: Resource): Routing {
  const own = resources
    .ofType(`${elb}Listener`)
    .filter(({ properties }) => properties.LoadBalancerArn === balancer.id)
  const ids = own.map(({ id }) => id)
  const ofListeners = (type: string): readonly Resource[] =>
    resources
      .ofType(elb + type)
      .filter(({ properties }) => ids.includes(String(properties.ListenerArn)))
  return {
    listeners: byId<ListenerProperties>(own),
    listenerRules: byId<ListenerRuleProperties>(ofListeners('ListenerRule')),
    listenerCertificates: byId<ListenerCertificateProperties>(ofListeners('ListenerCertificate')),
  }
}

async function readTargets(
  resources: Resources,
  routing: Routing,
  file: string,
  defaults: FunctionDefaults,
): Promise<{
  functions: Map<string, FunctionSettings>
  targets: Record<string, Target>
  groups: Record<string, TargetGroupProperties>
}> {
  const permissions = resources.ofType('AWS::Lambda::Permission')
  const known = invocables(resources)
  const used = JSON.stringify(routing)
  const groups: Resource[] = resources
    .ofType(`${elb}TargetGroup`)
    .filter(({ id }) => used.includes(JSON.stringify(id)))
  const targets: Record<string, Target> = {}
  const needed = new Set<string>()
  const served = groups.map((group) => {
    const [first] = group.property.at('Targets').items()
    const invocable = known.get(String(first?.at('Id').value))
    if (!invocable) return group
    const { functionId } = invocable
    const isAllowed = isPermitted(invocable, group, permissions)
    const target = isAllowed ? functionId : `${functionId} without permission`
    if (isAllowed) needed.add(functionId)
    else targets[target] = denied(functionId)
    return { ...group, properties: { ...group.properties, Targets: [{ Id: target }] } }
  })
  const assets = await readAssets(file)
  const functions = new Map<string, FunctionSettings>()
  for (const resource of resources.ofType('AWS::Lambda::Function')) {
    if (!needed.has(resource.id)) continue
    checkRuntime(resource)
    const folder = await codeFolder(resource, file, assets)
    functions.set(resource.id, readFunction(resource.id, resource.property, folder, defaults))
  }
  return { functions, targets, groups: byId<TargetGroupProperties>(served) }
}

function checkRuntime({ id, properties }: Resource): void {
  const runtime = properties.PackageType === 'Image' ? 'an image' : String(properties.Runtime)
  if (runtime.startsWith('nodejs')) return
  throw new TemplateError(`Resources.${id} is ${runtime}; only nodejs runtimes are served here`)
}

function denied(functionId: string): Target {
  const detail = `${functionId} has no AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com that is for this target group`
  return { invoke: async () => ({ errorReason: 'LambdaAccessDenied', detail }) }
}

// The shapes are the template's to keep; readers check each property when they read it.
function byId<Properties>(resources: readonly Resource[]): Record<string, Properties> {
  return Object.fromEntries(
    resources.map(({ id, properties }) => [id, properties as unknown as Properties]),
  )
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && error.constructor === Error
}
