import { Attributes } from '../properties/attributes.ts'
import type { Property } from '../properties/property.ts'
import type { DesyncMode } from '../request/desync.ts'
import type { HeaderAttributes } from '../request/forwarded.ts'

/** The attributes of a load balancer that its listeners share. */
export interface LoadBalancerAttributes {
  readonly headers: HeaderAttributes
  readonly idleTimeoutMs: number
  readonly clientKeepAliveMs: number
  readonly desyncMode: DesyncMode
  readonly isHttp2Enabled: boolean
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html */
export function readLoadBalancer(loadBalancer: Property): LoadBalancerAttributes {
  const attributes = new Attributes(loadBalancer.at('LoadBalancerAttributes'))
  const milliseconds = (key: string, usual: number, least: number, most: number): number => {
    const property = attributes.at(key)
    return 1000 * (property.isPresent ? property.integer({ least, most }) : usual)
  }
  const desync = attributes.at('routing.http.desync_mitigation_mode')
  const http2 = attributes.at('routing.http2.enabled')
  return {
    headers: readHeaderAttributes(attributes),
    idleTimeoutMs: milliseconds('idle_timeout.timeout_seconds', 60, 1, 4000),
    clientKeepAliveMs: milliseconds('client_keep_alive.seconds', 3600, 60, 604_800),
    desyncMode: desync.isPresent ? desync.oneOf('monitor', 'defensive', 'strictest') : 'defensive',
    isHttp2Enabled: !http2.isPresent || http2.boolean(),
  }
}

function readHeaderAttributes(attributes: Attributes): HeaderAttributes {
  const mode = attributes.at('routing.http.xff_header_processing.mode')
  return {
    forwardedFor: mode.isPresent ? mode.oneOf('append', 'preserve', 'remove') : 'append',
    clientPort: attributes.isOn('routing.http.xff_client_port.enabled'),
    preserveHost: attributes.isOn('routing.http.preserve_host_header.enabled'),
    dropInvalid: attributes.isOn('routing.http.drop_invalid_header_fields.enabled'),
    tls: attributes.isOn('routing.http.x_amzn_tls_version_and_cipher_suite.enabled'),
  }
}
