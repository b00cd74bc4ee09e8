import type { Observation, PassedOver } from '../log/observation.ts'
import { requestUri } from '../request/request-uri.ts'

/** The rules before the one that matched: conditions know no more than the request, so they say it again. */
export function passedOver({ head, listener, rulePriority }: Observation): PassedOver[] {
  if (!head || rulePriority === undefined) return []
  const request = { head, uri: requestUri(head) }
  const matched = listener.rules.findIndex(({ priority }) => priority === rulePriority)
  return listener.rules.slice(0, matched).flatMap(({ priority, conditions }) => {
    const failed = conditions.find((condition) => !condition.holds(request))
    return failed ? [{ priority, condition: failed.text }] : []
  })
}
