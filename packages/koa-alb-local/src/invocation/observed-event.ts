import type { Observation } from '../log/observation.ts'
import type { AlbEvent } from '../types.ts'
import { eventSettings, toEvent } from './event.ts'

/**
 * The event that a function got, made again: a handler in this process may have changed its own, and a
 * copy of each would take longer than all else that is observed. Undefined when there was none.
 */
export function observedEvent(observation: Observation): AlbEvent | undefined {
  const { head, body, uri, group, event, listener, connection } = observation
  if (event) return event
  if (!head || !body || !uri || !group) return undefined
  const { added, bodyLength, traceId } = observation
  const settings = eventSettings(group, listener, listener.port ?? connection.localPort)
  return toEvent({ head, uri, body, bodyLength, added, traceId }, settings).event
}
