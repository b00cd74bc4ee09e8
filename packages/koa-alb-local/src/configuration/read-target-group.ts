import type { HealthCheckSettings } from '../health/health-check.ts'
import { readHealthCheck } from '../health/read-health-check.ts'
import { Attributes } from '../properties/attributes.ts'
import { targetGroupArn } from '../properties/names.ts'
import { didYouMean, listed } from '../properties/nearest.ts'
import type { Property } from '../properties/property.ts'
import { functionArn } from '../targets/function-identity.ts'
import { functionTarget } from '../targets/function-target.ts'
import type { Target } from '../targets/target.ts'
import type { TargetGroup } from '../targets/target-group.ts'
import { readServerGroup } from './read-server-group.ts'

const multiValueKey = 'lambda.multi_value_headers.enabled'

export interface ReadTargetGroup {
  readonly group: TargetGroup
  readonly healthCheck: HealthCheckSettings | undefined
}

/** What the configuration says of every target group. */
export interface TargetGroupContext {
  /** Handlers and targets by the `Id` under which groups register them. */
  readonly targets: Property
  /** URLs of servers by the name of their group. */
  readonly servers: Property
  readonly reverseRepeatedHeaders: boolean
  readonly emptyBodyIsBase64Encoded: boolean
}

export function readTargetGroup(
  name: string,
  property: Property,
  context: TargetGroupContext,
): ReadTargetGroup {
  const groupName = property.at('Name')
  const arn = targetGroupArn(groupName.isPresent ? groupName.text() : name)
  const type = property.at('TargetType')
  const servers = context.servers.at(name)
  // The default of CloudFormation.
  const kind = type.isPresent ? type.oneOf('instance', 'ip', 'lambda') : 'instance'
  if (kind !== 'lambda') return readServerGroup(property, arn, servers)
  if (servers.isPresent) {
    throw servers.error('ALB_ERR_NOT_SUPPORTED', 'is a group of type lambda, which has no servers')
  }
  const version = property.at('ProtocolVersion')
  if (version.isPresent && version.value !== 'HTTP1') {
    const message = `is ${JSON.stringify(version.value)}; groups of type lambda have none but HTTP1`
    throw version.error('ALB_ERR_NOT_SUPPORTED', message)
  }
  const attributes = new Attributes(property.at('TargetGroupAttributes'))
  for (const [key, value] of attributes.entries()) {
    if (key === multiValueKey) continue
    throw value.error('ALB_ERR_NOT_SUPPORTED', 'is no attribute of a group of type lambda')
  }
  const group = {
    arn,
    target: readTarget(property.at('Targets'), context.targets),
    targetArn: readTargetArn(property.at('Targets')),
    multiValueHeaders: attributes.isOn(multiValueKey),
    reverseRepeatedHeaders: context.reverseRepeatedHeaders,
    emptyBodyIsBase64Encoded: context.emptyBodyIsBase64Encoded,
  }
  return { group, healthCheck: readHealthCheck(property) }
}

function readTarget(list: Property, targets: Property): Target | null {
  const [first, ...others] = list.items()
  if (others.length > 0) {
    const message = `has ${others.length + 1} targets; a group of type lambda has one`
    throw list.error('ALB_ERR_LIMIT_EXCEEDED', message)
  }
  if (!first) return null
  const id = first.at('Id')
  const target = targets.at(id.text())
  if (!target.isPresent) {
    const known = targets.entries().map(([name]) => name)
    const near = didYouMean(id.text(), known)
    const message = `is ${JSON.stringify(id.value)}, which is not in targets (${listed(known)})${near}`
    throw id.error('ALB_ERR_UNKNOWN_REFERENCE', message)
  }
  return toTarget(target)
}

function readTargetArn(list: Property): string {
  const id = list.items()[0]?.at('Id')
  if (!id?.isPresent) return '-'
  return id.text().startsWith('arn:') ? id.text() : functionArn(id.text())
}

function toTarget(property: Property): Target {
  const { value } = property
  if (isTarget(value)) return value
  if (typeof value !== 'function') throw property.invalid('a handler function or a Target')
  // Its parameters cannot be seen here; functionTarget checks their number.
  return functionTarget(value as Parameters<typeof functionTarget>[0])
}

function isTarget(value: unknown): value is Target {
  return (
    typeof value === 'object' &&
    value !== null &&
    'invoke' in value &&
    typeof value.invoke === 'function'
  )
}
