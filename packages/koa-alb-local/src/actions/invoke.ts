import { randomUUID } from 'node:crypto'
import type { Answer } from '../answer/answer.ts'
import { Refusal } from '../answer/refusal.ts'
import { eventSettings, toEvent } from '../invocation/event.ts'
import { toResponse } from '../invocation/response.ts'
import { readBody } from '../request/body.ts'
import { checkForLambda } from '../request/head-check.ts'
import type { RoutedRequest } from '../rules/rule.ts'
import { invokeWith, takesEvents } from '../targets/target.ts'
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
  const { event, traceId } = toEvent(
    { body, ...request },
    eventSettings(group, request.listener, request.port),
  )
  const requestId = randomUUID()
  const { observation } = request
  if (observation) {
    observation.requestId = requestId
    observation.group = group
    observation.uri = request.uri
    observation.added = request.added
    observation.traceId = traceId
    observation.body = body
    observation.bodyLength = body.length
    if (!takesEvents(group.target)) observation.event = event
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
  const documentBytes = Buffer.byteLength(outcome.payload)
  journal.note({ documentBytes })
  if (observation) {
    observation.payload = outcome.payload
    observation.payloadLength = documentBytes
  }
  const answer = toResponse(outcome.payload, { method: head.method, ...group })
  journal.note({ targetStatus: answer.status })
  if (observation) {
    observation.isAnsweredByFunction = true
    observation.documentLines = answer.lines
  }
  return answer
}
