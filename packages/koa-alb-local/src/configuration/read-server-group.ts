import type { HealthCheckSettings } from '../health/health-check.ts'
import { readServerHealthCheck } from '../health/read-health-check.ts'
import { Attributes } from '../properties/attributes.ts'
import type { Property } from '../properties/property.ts'
import { Server, Servers } from '../targets/server.ts'
import type { ServerGroup, ServerStickiness } from '../targets/target-group.ts'

const daySeconds = 86_400
const weekSeconds = 604_800
const own = /^(deregistration_delay|load_balancing|slow_start|stickiness|target_group_health)\./

/**
 * A target group of type `ip` or `instance`, with the servers that stand for its targets.
 * @throws ConfigurationError
 */
export function readServerGroup(
  property: Property,
  arn: string,
  urls: Property,
): { group: ServerGroup; healthCheck: HealthCheckSettings | undefined } {
  const version = property.at('ProtocolVersion')
  const attributes = new Attributes(property.at('TargetGroupAttributes'))
  for (const [key, value] of attributes.entries()) {
    if (own.test(key)) continue
    throw value.error('ALB_ERR_NOT_SUPPORTED', 'is no attribute of a group of type ip or instance')
  }
  const algorithm = attributes.at('load_balancing.algorithm.type')
  const names = ['round_robin', 'least_outstanding_requests', 'weighted_random'] as const
  const group: ServerGroup = {
    arn,
    protocolVersion: version.isPresent ? version.oneOf('HTTP1', 'HTTP2', 'GRPC') : 'HTTP1',
    servers: new Servers(
      readServers(urls),
      algorithm.isPresent ? algorithm.oneOf(...names) : 'round_robin',
    ),
    stickiness: readStickiness(attributes),
  }
  const isGrpc = group.protocolVersion === 'GRPC'
  return { group, healthCheck: isGrpc ? undefined : readServerHealthCheck(property) }
}

function readServers(urls: Property): Server[] {
  const list = typeof urls.value === 'string' ? [urls] : urls.items()
  const servers = list.map((property) => new Server(readUrl(property)))
  servers.forEach(({ address }, index) => {
    if (servers.findIndex((other) => other.address === address) === index) return
    throw urls.error('ALB_ERR_CONFLICT', `repeats ${address}`)
  })
  return servers
}

function readUrl(property: Property): URL {
  const text = property.text()
  const allowed = 'the URL of a server without a path, such as http://127.0.0.1:4000'
  if (!URL.canParse(text)) throw property.invalid(allowed)
  const url = new URL(text)
  const isBare = url.pathname === '/' && `${url.search}${url.hash}${url.username}` === ''
  if (isBare && /^https?:$/.test(url.protocol)) return url
  throw property.invalid(allowed)
}

function readStickiness(attributes: Attributes): ServerStickiness | undefined {
  if (!attributes.isOn('stickiness.enabled')) return undefined
  const type = attributes.at('stickiness.type')
  const kind = type.isPresent ? type.oneOf('lb_cookie', 'app_cookie') : 'lb_cookie'
  const duration = attributes.at(`stickiness.${kind}.duration_seconds`)
  const seconds = duration.isPresent
    ? duration.integer({ least: 1, most: weekSeconds })
    : daySeconds
  const cookie = attributes.at('stickiness.app_cookie.cookie_name')
  return {
    durationMs: 1000 * seconds,
    applicationCookie: kind === 'app_cookie' ? readCookieName(cookie) : undefined,
  }
}

function readCookieName(property: Property): string {
  const name = property.text()
  if (/^AWSALB/.test(name)) throw property.invalid('a name that does not begin with AWSALB')
  return name
}
