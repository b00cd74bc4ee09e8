import { observedEvent } from '../invocation/observed-event.ts'
import type { Observation } from '../log/observation.ts'
import type { Difference } from './difference.ts'
import { requestDifferences } from './request-differences.ts'
import { responseDifferences } from './response-differences.ts'

/**
 * Where the function did not get what the client sent, or the client not what the function returned,
 * but for what is so with every request. Nothing is kept, nothing is changed.
 */
export function differencesOf(observation: Observation): readonly Difference[] {
  const { head, uri, group, payload, answer } = observation
  const event = observedEvent(observation)
  if (!event || !head || !group) return []
  const { multiValueHeaders } = group
  const ofRequest = requestDifferences({ head, event, query: uri?.query, multiValueHeaders })
  if (payload === undefined || !answer || !observation.isAnsweredByFunction) return ofRequest
  const { method } = head
  return [...ofRequest, ...responseDifferences({ method, payload, multiValueHeaders, answer })]
}
