import type {
  ActionProperties,
  ApplicationLoadBalancerOptions,
  ListenerProperties,
} from '../../src/index.ts'
import { forward, optionsWith } from './application-load-balancer.ts'
import { certificateFor } from './certificates.ts'

/** That of the listener. */
export const certificate = await certificateFor('a.example')

/** One HTTPS listener on port 443 with a function behind it, but for what is given. */
export function httpsOptions(
  listener: Partial<ListenerProperties> = {},
  rest: Partial<ApplicationLoadBalancerOptions> = {},
): ApplicationLoadBalancerOptions {
  return optionsWith({
    listeners: {
      Web: {
        Port: 443,
        Protocol: 'HTTPS',
        Certificates: [{ CertificateArn: 'arn:a' }],
        DefaultActions: [forward('Api')],
        ...listener,
      },
    },
    certificates: { 'arn:a': certificate },
    ...rest,
  })
}

/** The same with an action in front of the forward action. */
export function behind(
  gate: ActionProperties,
  rest: Partial<ApplicationLoadBalancerOptions>,
): ApplicationLoadBalancerOptions {
  const actions = [
    { ...gate, Order: 1 },
    { ...forward('Api'), Order: 2 },
  ]
  return httpsOptions({ DefaultActions: actions }, rest)
}
