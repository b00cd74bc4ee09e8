import { randomUUID } from 'node:crypto'
import type { Answer } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import { toEvent } from '../invocation/event.ts'
import { copyOfEvent } from '../invocation/event-copy.ts'
import { toResponse } from '../invocation/response.ts'
import { readBody } from '../request/body.ts'
import { checkForLambda } from '../request/head-check.ts'
import type { RoutedRequest } from '../rules/rule.ts'
import { invokeWith } from '../targets/target.ts'
import type { FunctionGroup } from '../targets/target-group.ts'

/**
 * What the group's function makes of the request.
 * @throws Refusal when the request is not for a function, or the function has no valid answer
 */
export async function invoke(group: FunctionGroup, request: RoutedRequest): Promise<Answer> {
  const { head, journal, client, stop } = request
  journal.note({ targetGroupArn: group.arn })
  checkForLambda(head)
  const body = await readBody(client.upload, stop)
  if (!group.target) throw new Refusal(503, 'the target group has no target')
  // What is spread comes last for the reason in received.ts.
  const { event, traceId } = toEvent({ body, ...request }, settingsFor(group, request))
  const requestId = randomUUID()
  const { observation } = request
  if (observation) {
    const { multiValueHeaders } = group
    const seen = { requestId, body, query: request.uri.query, multiValueHeaders }
    Object.assign(observation, { ...seen, event: copyOfEvent(event) })
  }
  journal.invoked(requestId, traceId, body.length)
  const outcome = await invokeWith(group.target, event, { requestId })
  journal.invocationEnded()
  const { initMs, queuedMs } = outcome
  if (initMs !== undefined) journal.note({ initMs })
  if (queuedMs !== undefined) journal.note({ queuedMs })
  if (!('payload' in outcome)) {
    const { errorReason, detail, cause } = outcome
    const status = errorReason === 'LambdaConnectionTimeout' ? 504 : 502
    throw new Refusal(status, detail, { errorReason, cause })
  }
  if (observation) observation.payload = outcome.payload
  journal.note({ documentBytes: Buffer.byteLength(outcome.payload) })
  const answer = toResponse(outcome.payload, { method: head.method, ...group })
  journal.note({ targetStatus: answer.status })
  if (observation) observation.isAnsweredByFunction = true
  return answer
}

function settingsFor(group: FunctionGroup, { listener, port }: RoutedRequest) {
  return {
    targetGroupArn: group.arn,
    multiValueHeaders: group.multiValueHeaders,
    emptyBodyIsBase64Encoded: group.emptyBodyIsBase64Encoded,
    listener: { port, protocol: listener.protocol },
    headers: listener.headers,
  }
}
