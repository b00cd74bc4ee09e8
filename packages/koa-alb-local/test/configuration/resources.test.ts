import { describe, expect, it } from 'vitest'
import type { ListenerProperties, TargetGroupProperties } from '../../src/index.ts'
import { fixed, optionsWith, refusalOf } from '../shared/application-load-balancer.ts'

const group = (properties: object) => {
  const Api = { TargetType: 'lambda', ...properties } as TargetGroupProperties
  return refusalOf(optionsWith({ targetGroups: { Api } }))
}
const listener = (properties: object) => {
  const usual: ListenerProperties = { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed('a')] }
  return refusalOf(optionsWith({ listeners: { Web: { ...usual, ...properties } } }))
}
const attribute = (Key: string, Value: string) => {
  return refusalOf(optionsWith({ loadBalancer: { LoadBalancerAttributes: [{ Key, Value }] } }))
}

describe('a target group is refused:', () => {
  it('a type that no target of an Application Load Balancer has', () => {
    expect(group({ TargetType: 'alb' })).toEqual({
      code: 'ALB_ERR_INVALID_PROPERTY',
      message: 'targetGroups.Api.TargetType is "alb", must be one of instance, ip, lambda',
    })
  })

  it('two targets', () => {
    expect(group({ Targets: [{ Id: 'api' }, { Id: 'b' }] })).toEqual({
      code: 'ALB_ERR_LIMIT_EXCEEDED',
      message: 'targetGroups.Api.Targets has 2 targets; a group of type lambda has one',
    })
  })

  it('a target that is not there', () => {
    expect(group({ Targets: [{ Id: 'b' }] })).toEqual({
      code: 'ALB_ERR_UNKNOWN_REFERENCE',
      message: 'targetGroups.Api.Targets[0].Id is "b", which is not in targets (api)',
    })
  })

  it.each(['HTTP2', 'GRPC'])('the protocol version %s', (ProtocolVersion) => {
    expect(group({ ProtocolVersion })).toEqual({
      code: 'ALB_ERR_NOT_SUPPORTED',
      message: `targetGroups.Api.ProtocolVersion is "${ProtocolVersion}"; groups of type lambda have none but HTTP1`,
    })
  })

  it('the 101st', () => {
    const groups = Array.from({ length: 101 }, (_, index) => [
      `G${index}`,
      { TargetType: 'lambda' } as const,
    ])
    expect(refusalOf(optionsWith({ targetGroups: Object.fromEntries(groups) })).message).toBe(
      'targetGroups has 101 of them, limit 100',
    )
  })

  it.each([
    'stickiness.enabled',
    'target_group_health.dns_failover.minimum_healthy_targets.count',
    'deregistration_delay.timeout_seconds',
    'slow_start.duration_seconds',
  ])('the attribute %s, which groups of instances have', (Key) => {
    const refusal = group({ TargetGroupAttributes: [{ Key, Value: 'true' }] })
    expect(refusal.code).toBe('ALB_ERR_NOT_SUPPORTED')
    expect(refusal.message).toBe(
      `targetGroups.Api.TargetGroupAttributes[${Key}] is no attribute of a group of type lambda`,
    )
  })

  it.each([
    [{ HealthCheckIntervalSeconds: 4 }, 'must be an integer from 5 to 300'],
    [{ HealthCheckTimeoutSeconds: 1 }, 'must be an integer from 2 to 120'],
    [{ HealthCheckTimeoutSeconds: 35 }, 'must be below the interval of 35 seconds'],
    [{ HealthyThresholdCount: 1 }, 'must be an integer from 2 to 10'],
    [{ HealthCheckPath: 'a' }, 'must be a path that begins with /'],
    [{ Matcher: { HttpCode: '199' } }, 'must be codes from 200 to 499'],
    [{ Matcher: { HttpCode: '200-500' } }, 'must be codes from 200 to 499'],
  ])('the health check %j', (properties, message) => {
    expect(group({ HealthCheckEnabled: true, ...properties }).message).toContain(message)
  })
})

describe('a listener is refused:', () => {
  it.each([
    [{ Protocol: 'TCP' }, 'listeners.Web.Protocol is "TCP", must be one of HTTP, HTTPS'],
    [{ Port: 0 }, 'listeners.Web.Port is 0, must be an integer from 1 to 65535'],
    [{ DefaultActions: undefined }, 'listeners.Web.DefaultActions is missing'],
    [{ Protocol: 'HTTPS' }, 'listeners.Web.Certificates is missing'],
    [{ MutualAuthentication: { Mode: 'passthrough' } }, 'Mode is for HTTPS listeners'],
    [
      { Protocol: 'HTTPS', Certificates: [{ CertificateArn: 'arn:c' }] },
      'listeners.Web.Certificates[0].CertificateArn is "arn:c", which is not in certificates (none)',
    ],
  ])('%j', (properties, message) => {
    expect(listener(properties).message).toContain(message)
  })

  it('a port that another one has', () => {
    const listeners = Object.fromEntries(
      ['A', 'B'].map(
        (name) => [name, { Port: 80, Protocol: 'HTTP', DefaultActions: [fixed(name)] }] as const,
      ),
    )
    expect(refusalOf(optionsWith({ listeners }))).toEqual({
      code: 'ALB_ERR_CONFLICT',
      message: 'listeners.B.Port is 80, on which listener A is already',
    })
  })

  it('the 51st', () => {
    const listeners = Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [
        `L${index}`,
        { Port: 8000 + index, Protocol: 'HTTP', DefaultActions: [fixed('a')] } as const,
      ]),
    )
    expect(refusalOf(optionsWith({ listeners })).message).toBe('listeners has 51 of them, limit 50')
  })

  it('with a value of a response header over 1024 characters', () => {
    const Key = 'routing.http.response.content_security_policy.header_value'
    expect(listener({ ListenerAttributes: [{ Key, Value: 'x'.repeat(1025) }] })).toEqual({
      code: 'ALB_ERR_LIMIT_EXCEEDED',
      message: `listeners.Web.ListenerAttributes[${Key}] has 1025 characters, limit 1024`,
    })
  })

  it('none at all', () => {
    expect(refusalOf(optionsWith({ listeners: {} })).message).toBe('listeners has no listener')
  })
})

describe('a load balancer attribute is refused:', () => {
  it.each([
    ['idle_timeout.timeout_seconds', '4001', 'must be an integer from 1 to 4000'],
    ['client_keep_alive.seconds', '59', 'must be an integer from 60 to 604800'],
    ['routing.http.desync_mitigation_mode', 'off', 'must be one of monitor, defensive, strictest'],
    ['routing.http.xff_header_processing.mode', 'drop', 'must be one of append, preserve, remove'],
    ['routing.http2.enabled', 'yes', 'must be true or false'],
  ])('%s %s', (key, value, message) => {
    expect(attribute(key, value).message).toBe(
      `loadBalancer.LoadBalancerAttributes[${key}] is "${value}", ${message}`,
    )
  })

  it('one that is there twice', () => {
    const twice = { Key: 'routing.http2.enabled', Value: 'true' }
    expect(
      refusalOf(optionsWith({ loadBalancer: { LoadBalancerAttributes: [twice, twice] } })).code,
    ).toBe('ALB_ERR_CONFLICT')
  })
})

describe('servers are refused:', () => {
  const servers = (
    given: Record<string, string | string[]>,
    attributes: [string, string][] = [],
  ) => {
    const TargetGroupAttributes = attributes.map(([Key, Value]) => ({ Key, Value }))
    const targetGroups = {
      Api: { TargetType: 'lambda' },
      Ecs: { TargetType: 'ip', TargetGroupAttributes },
    } as const
    return refusalOf(optionsWith({ targetGroups, targets: {}, servers: given })).message
  }

  it.each(['ftp://a', 'http://a/path', 'http://a?b', 'http://u@a', '127.0.0.1:4000'])(
    'the URL %s',
    (url) => {
      expect(servers({ Ecs: url })).toBe(
        `servers.Ecs is "${url}", must be the URL of a server without a path, such as http://127.0.0.1:4000`,
      )
    },
  )

  it('one twice', () => {
    expect(servers({ Ecs: ['http://a', 'http://a:80'] })).toBe('servers.Ecs repeats a:80')
  })

  it('those of a function', () => {
    expect(servers({ Api: 'http://a' })).toBe(
      'servers.Api is a group of type lambda, which has no servers',
    )
  })

  it('those of a group that is not there', () => {
    expect(servers({ Web: 'http://a' })).toBe('servers.Web is no target group here (Api, Ecs)')
  })

  it('an attribute of functions', () => {
    expect(servers({}, [['lambda.multi_value_headers.enabled', 'true']])).toContain(
      'is no attribute of a group of type ip or instance',
    )
  })

  it('a cookie with a name of the load balancer', () => {
    expect(
      servers({}, [
        ['stickiness.enabled', 'true'],
        ['stickiness.type', 'app_cookie'],
        ['stickiness.app_cookie.cookie_name', 'AWSALBX'],
      ]),
    ).toContain('must be a name that does not begin with AWSALB')
  })
})
