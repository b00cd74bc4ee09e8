import type { Property } from '../properties/property.ts'
import type { HealthCheckSettings } from './health-check.ts'

/**
 * The health checks of a Lambda target group; undefined when they are off, as they are by default.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function readHealthCheck(group: Property): HealthCheckSettings | undefined {
  const enabled = group.at('HealthCheckEnabled')
  if (!enabled.isPresent || !enabled.boolean()) return undefined
  return readSettings(group, { intervalSeconds: 35, timeoutSeconds: 30 })
}

/** Those of a group of servers, which are always on. */
export function readServerHealthCheck(group: Property): HealthCheckSettings {
  const enabled = group.at('HealthCheckEnabled')
  if (enabled.isPresent && !enabled.boolean()) {
    throw enabled.invalid('true: health checks of type ip and instance cannot be off')
  }
  return readSettings(group, { intervalSeconds: 30, timeoutSeconds: 5 })
}

function readSettings(
  group: Property,
  usual: { intervalSeconds: number; timeoutSeconds: number },
): HealthCheckSettings {
  const path = group.at('HealthCheckPath')
  const count = (name: string, otherwise: number, least: number, most: number): number => {
    const property = group.at(name)
    return property.isPresent ? property.integer({ least, most }) : otherwise
  }
  const intervalMs = count('HealthCheckIntervalSeconds', usual.intervalSeconds, 5, 300) * 1000
  const timeoutMs = count('HealthCheckTimeoutSeconds', usual.timeoutSeconds, 2, 120) * 1000
  if (timeoutMs >= intervalMs) {
    const allowed = `below the interval of ${intervalMs / 1000} seconds`
    throw group.at('HealthCheckTimeoutSeconds').invalid(allowed)
  }
  return {
    path: path.isPresent
      ? path.text({ most: 1024, pattern: /^\//, allowed: 'a path that begins with /' })
      : '/',
    intervalMs,
    timeoutMs,
    healthyThreshold: count('HealthyThresholdCount', 5, 2, 10),
    unhealthyThreshold: count('UnhealthyThresholdCount', 2, 2, 10),
    ...readMatcher(group.at('Matcher').at('HttpCode')),
  }
}

function readMatcher(property: Property): Pick<HealthCheckSettings, 'matcher' | 'matches'> {
  if (!property.isPresent) return { matcher: '200', matches: (status) => status === 200 }
  const allowed = 'codes from 200 to 499: one, a list such as 200,204 or a range such as 200-299'
  const text = property.text({ pattern: /^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/, allowed })
  const ranges = text.split(',').map((part) => {
    const [first = '', last = first] = part.split('-')
    return { first: Number(first), last: Number(last) }
  })
  if (ranges.some(({ first, last }) => first < 200 || last > 499 || first > last)) {
    throw property.invalid(allowed)
  }
  return {
    matcher: text,
    matches: (status) => ranges.some(({ first, last }) => first <= status && status <= last),
  }
}
