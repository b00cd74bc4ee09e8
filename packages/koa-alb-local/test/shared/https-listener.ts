import type { ActionProperties, ApplicationLoadBalancerOptions } from '../../src/index.ts'
import { forward, optionsWith } from './application-load-balancer.ts'
import { certificateFor } from './certificates.ts'

const certificate = certificateFor('a.example')

/** An HTTPS listener whose default rule has an action in front of its forward action. */
export async function behind(
  gate: ActionProperties,
  rest: Partial<ApplicationLoadBalancerOptions>,
): Promise<ApplicationLoadBalancerOptions> {
  return optionsWith({
    listeners: {
      Web: {
        Port: 443,
        Protocol: 'HTTPS',
        Certificates: [{ CertificateArn: 'arn:a' }],
        DefaultActions: [
          { ...gate, Order: 1 },
          { ...forward('Api'), Order: 2 },
        ],
      },
    },
    certificates: { 'arn:a': await certificate },
    ...rest,
  })
}
