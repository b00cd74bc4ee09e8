import type {
  ListenerCertificateProperties,
  ListenerProperties,
  ListenerRuleProperties,
  TargetGroupProperties,
} from '../../configuration/cloudformation.ts'
import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import { Property } from '../../properties/property.ts'
import { Intrinsics } from '../../template/intrinsics.ts'
import { Parameters } from '../../template/parameters.ts'
import { readTemplate, TemplateError } from '../../template/read-template.ts'
import { type Resource, Resources } from '../../template/resources.ts'
import type { TemplateSource } from '../arguments/source.ts'
import { StartError } from '../terminal/start-error.ts'
import { addSelfSigned } from './certificate.ts'
import { InvokedFunctions } from './invoked-functions.ts'
import type { FunctionDefaults, Plan } from './plan.ts'
import { readStandInsFile } from './stand-ins.ts'
import { templateNotes } from './template-notes.ts'
import { readTargets } from './template-targets.ts'

const elb = 'AWS::ElasticLoadBalancingV2::'

/**
 * The load balancer of a template with everything behind it, as declared.
 * @throws StartError when the template cannot be read, or served
 * @throws ConfigurationError
 */
export async function planForTemplate(
  { file, loadBalancer, standIns: standInsFile, parameters: overrides }: TemplateSource,
  defaults: FunctionDefaults,
  endpoints: Readonly<Record<string, string>>,
): Promise<Plan> {
  try {
    const template = await readTemplate(file)
    const parameters = new Parameters(template, overrides)
    const intrinsics = new Intrinsics(template, parameters, defaults.environment.AWS_REGION)
    const resources = new Resources(template, intrinsics)
    const balancer = chosen(resources, loadBalancer)
    const routing = routingOf(resources, balancer)
    const {
      certificates = {},
      invoke = {},
      ...standIns
    } = standInsFile ? await readStandInsFile(standInsFile) : {}
    const { functions, targets, groups, notes } = await readTargets(
      resources,
      groupsIn(routing, resources),
      { file, defaults, invoked: new InvokedFunctions({ ...invoke, ...endpoints }) },
    )
    return {
      configuration: {
        loadBalancer: balancer.properties,
        ...routing,
        targetGroups: byId<TargetGroupProperties>(groups),
        targets,
        ...standIns,
        certificates: await addSelfSigned(certificates, new Property(routing, '')),
      },
      functions,
      notes: [...notes, ...templateNotes(resources, parameters, functions, defaults.node)],
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

function groupsIn(routing: Routing, resources: Resources): readonly Resource[] {
  const used = JSON.stringify(routing)
  return resources.ofType(`${elb}TargetGroup`).filter(({ id }) => used.includes(JSON.stringify(id)))
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
