import type {
  ListenerCertificateProperties,
  ListenerProperties,
  ListenerRuleProperties,
} from '../../configuration/cloudformation.ts'
import type { ApplicationLoadBalancerOptions } from '../../configuration/configuration.ts'
import { TemplateError } from '../../template/read-template.ts'
import type { Resource, Resources } from '../../template/resources.ts'
import { type GivenListeners, standInListeners } from './foreign-listeners.ts'
import type { KnownRouting } from './known-routing.ts'

const elb = 'AWS::ElasticLoadBalancingV2::'

export type Routing = Required<
  Pick<ApplicationLoadBalancerOptions, 'listeners' | 'listenerRules' | 'listenerCertificates'>
>

type Balancer = Pick<Resource, 'id' | 'properties'>

export interface TemplateRouting {
  /** Without properties when it is not in the template. */
  readonly balancer: Balancer
  readonly routing: Routing
  /** What stands for listeners outside, a line for each. */
  readonly notes: readonly string[]
}

interface Choice {
  /** Of the load balancer, if there are several. */
  readonly id: string | undefined
  readonly given: GivenListeners
  aliases(reference: string): readonly string[]
  readonly known: KnownRouting
}

/**
 * Listeners and rules of a load balancer in the template, or outside of it.
 * @throws TemplateError when there is none, or several and none is chosen
 */
export function readRouting(
  resources: Resources,
  { id, given, aliases, known: routable }: Choice,
): TemplateRouting {
  const all = resources.ofType(`${elb}Listener`)
  const rules = resources.ofType(`${elb}ListenerRule`)
  const certificates = resources.ofType(`${elb}ListenerCertificate`)
  const known = all.map((listener) => listener.id)
  const isOutside = ({ properties }: Resource): boolean =>
    !known.includes(String(properties.ListenerArn))
  const outside = [...rules, ...certificates].filter(isOutside)
  const balancer = chosen(resources, { id, hasOutside: outside.length > 0 })
  const own = routable.listeners(
    all.filter(({ properties }) => properties.LoadBalancerArn === balancer?.id),
  )
  const takenPorts = own.map(({ properties }) => Number(properties.Port))
  const standIns = standInListeners(outside, { known, takenPorts, given, aliases })
  const isServed = (on: Resource): boolean =>
    isOutside(on) || own.some((listener) => listener.id === on.properties.ListenerArn)
  const served = (on: readonly Resource[]): Resource[] => on.filter(isServed).map(standIns.renamed)
  return {
    balancer: balancer ?? { id: '', properties: {} },
    routing: {
      listeners: { ...byId<ListenerProperties>(own), ...standIns.listeners },
      listenerRules: byId<ListenerRuleProperties>(routable.rules(served(rules))),
      listenerCertificates: byId<ListenerCertificateProperties>(served(certificates)),
    },
    notes: [...standIns.notes, ...foreignNotes(resources, balancer)],
  }
}

interface Candidates {
  readonly id: string | undefined
  /** Whether there are rules on listeners outside. */
  readonly hasOutside: boolean
}

function chosen(resources: Resources, { id, hasOutside }: Candidates): Balancer | undefined {
  const own = ownBalancers(resources)
  // What is outside is only served where nothing else is, or when it is asked for.
  if (id === undefined && own.length === 1) return own[0]
  const balancers = [...own, ...foreignBalancers(resources)]
  const ids = balancers.map((balancer) => balancer.id).join(', ')
  if (balancers.length === 0) {
    if (hasOutside && id === undefined) return undefined
    throw new TemplateError('there is no Application Load Balancer in it, and no rule of one')
  }
  const found = id === undefined ? balancers : balancers.filter((balancer) => balancer.id === id)
  const [first, second] = found
  if (first && !second) return first
  const problem = id === undefined ? 'there are several load balancers' : `there is no ${id}`
  throw new TemplateError(`${problem}; choose with --load-balancer: ${ids}`)
}

function ownBalancers(resources: Resources): readonly Balancer[] {
  return resources
    .ofType(`${elb}LoadBalancer`)
    .filter(({ properties }) => (properties.Type ?? 'application') === 'application')
}

/** Those that are not in the template, but have listeners there. */
function foreignBalancers(resources: Resources): readonly Balancer[] {
  const own = resources.ofType(`${elb}LoadBalancer`).map(({ id }) => id)
  const listeners = resources
    .ofType(`${elb}Listener`)
    .filter(({ properties }) => /^HTTPS?$/.test(String(properties.Protocol ?? 'HTTP')))
  const names = listeners.map(({ properties }) => String(properties.LoadBalancerArn))
  const foreign = new Set(names.filter((name) => !own.includes(name)))
  return [...foreign].map((id) => ({ id, properties: {} }))
}

function foreignNotes(resources: Resources, served: Balancer | undefined): string[] {
  const others = foreignBalancers(resources).filter(({ id }) => id !== served?.id)
  return others.map(
    ({ id }) => `Listeners of load balancer ${id} are not served (--load-balancer ${id})`,
  )
}

/** The shapes are the template's to keep; readers check each property when they read it. */
export function byId<Properties>(resources: readonly Resource[]): Record<string, Properties> {
  return Object.fromEntries(
    resources.map(({ id, properties }) => [id, properties as unknown as Properties]),
  )
}
