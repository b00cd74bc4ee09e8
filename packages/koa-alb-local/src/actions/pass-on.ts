import type { AnyAnswer } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import { relay } from '../proxy/relay.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { RoutedRequest } from '../rules/rule.ts'
import type { ServerGroup } from '../targets/target-group.ts'
import { boundServer, serverCookies } from './server-stickiness.ts'

/**
 * What a server of the group answers.
 * @throws Refusal when there is none, or none that this request is for
 */
export async function passOn(group: ServerGroup, request: RoutedRequest): Promise<AnyAnswer> {
  const { arn, servers, stickiness, protocolVersion } = group
  request.journal.note({ targetGroupArn: arn })
  checkProtocol(protocolVersion, request.head)
  const bound = stickiness && boundServer(group, stickiness, request.head)
  const server = bound ?? servers.next()
  if (!server) throw new Refusal(503, 'the target group has no target')
  const { idleTimeoutMs } = request.listener
  const answer = await relay(server, { ...request, idleTimeoutMs })
  if (!stickiness) return answer
  const cookies = serverCookies(arn, server, stickiness, answer.lines, bound !== undefined)
  return { ...answer, lines: [...answer.lines, ...cookies] }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
function checkProtocol(
  version: ServerGroup['protocolVersion'],
  { isHttp2, method, values }: ReceivedHead,
): void {
  const isGrpc = isHttp2 && /^application\/grpc\b/i.test(values.get('content-type')?.[0] ?? '')
  if (version === 'HTTP1') {
    if (isGrpc) throw new Refusal(464, 'a gRPC request is for a target group of version GRPC')
    return
  }
  if (!isHttp2) throw new Refusal(464, `HTTP/1 is not for a target group of version ${version}`)
  if (version === 'GRPC' && method !== 'POST') {
    throw new Refusal(464, `${method} is not for a target group of version GRPC`)
  }
  throw new Refusal(503, `target groups of version ${version} are not served here`)
}
