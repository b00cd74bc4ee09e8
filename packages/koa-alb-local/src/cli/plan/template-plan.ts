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
import { completeStandIns } from './complete-stand-ins.ts'
import { InvokedFunctions } from './invoked-functions.ts'
import { KnownRouting } from './known-routing.ts'
import type { FunctionDefaults, Plan } from './plan.ts'
import { readStandInsFile } from './stand-ins.ts'
import { templateNotes } from './template-notes.ts'
import { readTargets } from './template-targets.ts'
import { unknownNotes } from './unknown-notes.ts'

const elb = 'AWS::ElasticLoadBalancingV2::'

/**
 * The load balancer of a template with everything behind it, as declared.
 * @throws StartError when the template cannot be read, or served
 * @throws ConfigurationError
 */
export async function planForTemplate(
  source: TemplateSource,
  defaults: FunctionDefaults,
  endpoints: Readonly<Record<string, string>>,
): Promise<Plan> {
  const { file, loadBalancer } = source
  try {
    const template = await readTemplate(file)
    const given =
      source.standIns === undefined ? undefined : await readStandInsFile(source.standIns)
    const parameters = new Parameters(template, { ...given?.parameters, ...source.parameters })
    const imports = { ...given?.imports, ...source.imports }
    const intrinsics = new Intrinsics(template, parameters, {
      region: defaults.environment.AWS_REGION,
      imported: (name) => imports[name],
    })
    const resources = new Resources(template, intrinsics)
    const balancer = chosen(resources, loadBalancer)
    const known = new KnownRouting()
    const routing = routingOf(resources, balancer, known)
    const { functions, targets, groups, notes } = await readTargets(
      resources,
      groupsIn(routing, resources, known),
      {
        file,
        defaults,
        code: { ...given?.code, ...source.code },
        invoked: new InvokedFunctions({ ...given?.invoke, ...endpoints }),
      },
    )
    const standIns = await completeStandIns(given ?? {}, new Property(routing, ''))
    return {
      configuration: {
        loadBalancer: balancer.properties,
        ...routing,
        targetGroups: { ...byId<TargetGroupProperties>(groups), ...known.groups() },
        targets: { ...targets, ...known.targets },
        ...standIns.configuration,
      },
      functions,
      notes: [
        ...known.notes,
        ...notes,
        ...standIns.notes,
        ...templateNotes(resources, parameters, functions, defaults.node),
        ...conditionNotes(intrinsics),
        ...unknownNotes(resources, [
          balancer.id,
          ...Object.values(routing).flatMap(Object.keys),
          ...groups.map(({ id }) => id),
          ...functions.keys(),
        ]),
      ],
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
function routingOf(resources: Resources, balancer: Resource, known: KnownRouting): Routing {
  const own = resources
    .ofType(`${elb}Listener`)
    .filter(({ properties }) => properties.LoadBalancerArn === balancer.id)
  const ids = own.map(({ id }) => id)
  const ofListeners = (type: string): readonly Resource[] =>
    resources
      .ofType(elb + type)
      .filter(({ properties }) => ids.includes(String(properties.ListenerArn)))
  return {
    listeners: byId<ListenerProperties>(known.listeners(own)),
    listenerRules: byId<ListenerRuleProperties>(known.rules(ofListeners('ListenerRule'))),
    listenerCertificates: byId<ListenerCertificateProperties>(ofListeners('ListenerCertificate')),
  }
}

/** The target groups that actions refer to, as far as they are in the template. */
function groupsIn(
  { listeners, listenerRules }: Routing,
  resources: Resources,
  known: KnownRouting,
): readonly Resource[] {
  const own = resources.ofType(`${elb}TargetGroup`)
  const names = referredGroups([listeners, listenerRules])
  for (const name of names) {
    if (!own.some(({ id }) => id === name) && !known.targets[name]) known.foreignGroup(name)
  }
  return own.filter(({ id }) => names.has(id))
}

function referredGroups(value: unknown, names = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return names
  for (const [key, each] of Object.entries(value)) {
    if (key === 'TargetGroupArn' && typeof each === 'string') names.add(each)
    else referredGroups(each, names)
  }
  return names
}

function conditionNotes({ doubts }: Intrinsics): string[] {
  return [...doubts].map(
    ([name, value]) => `Condition ${name} is not known here, false is taken: ${value}`,
  )
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
