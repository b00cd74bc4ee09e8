import { readAuthenticate } from '../actions/authenticate.ts'
import type { IdentitySigner } from '../actions/identity-signer.ts'
import { readJwtValidation } from '../actions/jwt-validation.ts'
import type { ListenerSettings } from '../connections/served-listener.ts'
import type { LogEntry } from '../log/log.ts'
import type { Observer } from '../log/observation.ts'
import { loadBalancerId } from '../properties/names.ts'
import { didYouMean, listed } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import type { Listener } from '../rules/listener.ts'
import type { Rule } from '../rules/rule.ts'
import type { ActionContext } from './read-actions.ts'
import { readListenerHead, readTls } from './read-listener.ts'
import { readAddedHeaders, readResponseChange } from './read-listener-headers.ts'
import { type LoadBalancerAttributes, readLoadBalancer } from './read-load-balancer.ts'
import { checkRuleCount, inPriorityOrder, readDefaultRule, readRule } from './read-rules.ts'
import { type ReadTargetGroup, readTargetGroup } from './read-target-group.ts'

const listenerLimit = 50
const targetGroupLimit = 100

export interface Configuration {
  readonly listeners: ReadonlyMap<string, ListenerSettings>
  readonly targetGroups: ReadonlyMap<string, ReadTargetGroup>
}

interface Surroundings {
  readonly name: string
  readonly signer: IdentitySigner
  readonly log: (entry: LogEntry) => void
  readonly logConnection: Listener['logConnection']
  readonly observer: Observer | undefined
  readonly openAt: Listener['openAt']
}

/** @throws ConfigurationError naming the property that the API would refuse */
export function readConfiguration(root: Property, surroundings: Surroundings): Configuration {
  const targetGroups = readTargetGroups(root)
  const attributes = readLoadBalancer(root.at('loadBalancer'))
  const entries = limited(root.at('listeners').required(), listenerLimit)
  if (entries.length === 0) {
    throw root.at('listeners').error('ALB_ERR_MISSING_PROPERTY', 'has no listener')
  }
  checkRuleCount(root.at('listenerRules'))
  checkReferences(root, 'listenerRules')
  checkReferences(root, 'listenerCertificates')
  const groups = new Map([...targetGroups].map(([name, { group }]) => [name, group]))
  const listeners = entries.map(([name, listener]): [string, ListenerSettings] => {
    const context = { root, groups, attributes, ...surroundings, listenerName: name }
    return [name, readListener(listener, context)]
  })
  checkPorts(entries)
  return { listeners: new Map(listeners), targetGroups }
}

interface ListenerContext extends Surroundings {
  readonly root: Property
  readonly listenerName: string
  readonly groups: ActionContext['targetGroups']
  readonly attributes: LoadBalancerAttributes
}

function readListener(property: Property, context: ListenerContext): ListenerSettings {
  const { root, attributes, listenerName, log, observer, name, openAt } = context
  const head = readListenerHead(property)
  const { headers, idleTimeoutMs, clientKeepAliveMs, desyncMode, isHttp2Enabled } = attributes
  const added = ofListener(root.at('listenerCertificates'), listenerName)
  const tlsContext = {
    certificates: root.at('certificates'),
    trustStores: root.at('trustStores'),
    added: added.map((each) => each.at('Certificates')),
    isHttp2Enabled,
  }
  const isSecure =
    head.protocol === 'https' && (!root.at('tls').isPresent || root.at('tls').boolean())
  const tls = isSecure ? readTls(property, head, tlsContext) : undefined
  const addsTls = headers.tls && head.protocol === 'https'
  const listener = {
    loadBalancer: loadBalancerId(name),
    protocol: head.protocol,
    port: head.port,
    rules: readRules(property, head.protocol, context),
    headers,
    addedHeaders: readAddedHeaders(head.attributes, { addsTls, mutualTls: head.mutualTls }),
    changeResponse: readResponseChange(head.attributes),
    idleTimeoutMs,
    clientKeepAliveMs,
    desyncMode,
    openAt,
    log,
    logConnection: context.logConnection,
    observer,
  }
  return { listener, tls }
}

function readRules(
  listener: Property,
  protocol: 'http' | 'https',
  { root, groups, signer, listenerName }: ListenerContext,
): Rule[] {
  const context: ActionContext = {
    protocol,
    targetGroups: groups,
    gates: {
      authenticate: (config, kind) => readAuthenticate(config, kind, root.at('users'), signer),
      validateJwt: (config) => readJwtValidation(config, root.at('keySets')),
    },
  }
  const rules = ofListener(root.at('listenerRules'), listenerName).map((property) => ({
    rule: readRule(property, context),
    property,
  }))
  return [...inPriorityOrder(rules), readDefaultRule(listener.at('DefaultActions'), context)]
}

function ofListener(resources: Property, listenerName: string): Property[] {
  return resources
    .entries()
    .map(([, resource]) => resource)
    .filter((resource) => resource.at('ListenerArn').value === listenerName)
}

function checkReferences(root: Property, name: string): void {
  for (const [, resource] of root.at(name).entries()) {
    const reference = resource.at('ListenerArn')
    if (root.at('listeners').at(reference.text()).isPresent) continue
    const names = root
      .at('listeners')
      .entries()
      .map(([listener]) => listener)
    const near = didYouMean(reference.text(), names)
    const message = `is ${JSON.stringify(reference.value)}, which is no listener here (${listed(names)})${near}`
    throw reference.error('ALB_ERR_UNKNOWN_REFERENCE', message)
  }
}

function checkPorts(listeners: readonly [string, Property][]): void {
  const taken = new Map<number, string>()
  for (const [name, listener] of listeners) {
    const port = listener.at('Port')
    const number = port.integer({ least: 1, most: 65_535 })
    const other = taken.get(number)
    if (other !== undefined) {
      throw port.error('ALB_ERR_CONFLICT', `is ${number}, on which listener ${other} is already`)
    }
    taken.set(number, name)
  }
}

function readTargetGroups(root: Property): Map<string, ReadTargetGroup> {
  const flag = (name: string): boolean => root.at(name).isPresent && root.at(name).boolean()
  const context = {
    targets: root.at('targets'),
    servers: root.at('servers'),
    reverseRepeatedHeaders: flag('reverseRepeatedHeaders'),
    emptyBodyIsBase64Encoded: flag('emptyBodyIsBase64Encoded'),
  }
  const entries = limited(root.at('targetGroups'), targetGroupLimit)
  for (const [name, urls] of context.servers.entries()) {
    if (root.at('targetGroups').at(name).isPresent) continue
    const known = entries.map(([each]) => each).join(', ') || 'none'
    throw urls.error('ALB_ERR_UNKNOWN_REFERENCE', `is no target group here (${known})`)
  }
  return new Map(entries.map(([name, group]) => [name, readTargetGroup(name, group, context)]))
}

function limited(resources: Property, limit: number): [string, Property][] {
  const entries = resources.entries()
  if (entries.length <= limit) return entries
  throw resources.error('ALB_ERR_LIMIT_EXCEEDED', `has ${entries.length} of them, limit ${limit}`)
}
