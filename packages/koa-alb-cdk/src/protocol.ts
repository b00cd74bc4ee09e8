import { ApplicationProtocol } from 'aws-cdk-lib/aws-elasticloadbalancingv2'
import { Token, Tokenization } from 'aws-cdk-lib/core'
import type { ApplicationLoadBalancedFunctionProps } from './props.ts'

/** HTTPS as soon as there is a certificate, or a domain to issue one for. */
export function protocolOf(props: ApplicationLoadBalancedFunctionProps): ApplicationProtocol {
  const { protocol, certificate, certificates, domainName } = props
  const secure = certificate ?? certificates?.[0] ?? domainName
  return protocol ?? (secure ? ApplicationProtocol.HTTPS : ApplicationProtocol.HTTP)
}

/** With the port, unless it is known to be the protocol's own. */
export function urlOf(protocol: ApplicationProtocol, host: string, port: number): string {
  const secure = protocol === ApplicationProtocol.HTTPS
  const usual = !Token.isUnresolved(port) && port === (secure ? 443 : 80)
  const suffix = usual ? '' : `:${Tokenization.stringifyNumber(port)}`
  return `${secure ? 'https' : 'http'}://${host}${suffix}`
}
