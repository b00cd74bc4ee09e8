import type { ReceivedHead } from '../request/received.ts'
import type { Server } from '../targets/server.ts'
import type { ServerGroup, ServerStickiness } from '../targets/target-group.ts'
import { programTimeMs } from '../time/clock.ts'
import type { HeaderLine } from '../types.ts'
import { bindingText, cookieLine, cookieValue, readBinding } from './sticky-cookie.ts'

const ownNames = ['AWSALB', 'AWSALBCORS']
const applicationName = 'AWSALBAPP-0'
const weekMs = 7 * 24 * 3_600_000

/** The server that the client's cookies bind it to, if it may be served. */
export function boundServer(
  { arn, servers }: ServerGroup,
  { applicationCookie }: ServerStickiness,
  { values }: ReceivedHead,
): Server | undefined {
  const cookies = values.get('cookie') ?? []
  // Without the application's own cookie the client is bound no longer.
  if (applicationCookie !== undefined && cookieValue(cookies, applicationCookie) === undefined) {
    return undefined
  }
  const names = applicationCookie === undefined ? ownNames : [applicationName]
  for (const name of names) {
    const binding = readBinding(cookieValue(cookies, name))
    if (binding?.arn === arn && binding.server) return servers.bound(binding.server)
  }
  return undefined
}

/**
 * The cookies that bind a client to the server that answered: with each answer, or, by a cookie of the
 * application, once that is set.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function serverCookies(
  arn: string,
  { address }: Server,
  { durationMs, applicationCookie }: ServerStickiness,
  lines: readonly HeaderLine[],
  isBound: boolean,
): HeaderLine[] {
  const expires = programTimeMs() + durationMs
  const value = bindingText({ arn, server: address, expires })
  if (applicationCookie === undefined) {
    return ownNames.map((name) => cookieLine(name, value, expires))
  }
  if (!isBound && !lines.some((line) => sets(line, applicationCookie))) return []
  // Its own expiry is a week, whatever the duration of the binding in it.
  return [cookieLine(applicationName, value, programTimeMs() + weekMs)]
}

function sets([name, value]: HeaderLine, cookie: string): boolean {
  return name.toLowerCase() === 'set-cookie' && value.trimStart().startsWith(`${cookie}=`)
}
