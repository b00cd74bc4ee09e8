import { Refusal } from '../answer/refusal.ts'
import type { Routable } from '../rules/rule.ts'
import { programTimeMs } from '../time/clock.ts'
import type { HeaderLine } from '../types.ts'
import { bindingText, cookieLine, cookieValue, readBinding } from './sticky-cookie.ts'

const cookieNames = ['AWSALBTG', 'AWSALBTGCORS']

/**
 * The ARN of the target group that the client's cookie names, if it has one that is still valid.
 * @throws Refusal when the cookie is percent-encoded, which a load balancer does not understand
 */
export function stickyGroup({ head }: Routable): string | undefined {
  for (const name of cookieNames) {
    const value = cookieValue(head.values.get('cookie') ?? [], name)
    if (value?.includes('%')) {
      throw new Refusal(400, `the ${name} cookie is URL-encoded`, {
        errorReason: 'AWSALBTGCookieInvalid',
      })
    }
    const binding = readBinding(value)
    if (binding) return binding.arn
  }
  return undefined
}

/** The cookies that keep a client with the target group. */
export function stickyCookies(arn: string, durationSeconds: number): HeaderLine[] {
  const expires = programTimeMs() + durationSeconds * 1000
  const value = bindingText({ arn, expires })
  return cookieNames.map((name) => cookieLine(name, value, expires))
}
