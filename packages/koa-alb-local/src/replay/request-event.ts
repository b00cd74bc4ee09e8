import type { SentRequest } from '../inspector/resend.ts'
import { writtenEvent } from '../invocation/composed-event.ts'
import type { HeaderMode } from '../invocation/header-mode.ts'
import type { AlbEvent } from '../types.ts'

/** The event of a request that was recorded. */
export function requestEvent(
  { method, target, lines, body }: SentRequest,
  mode: HeaderMode,
): AlbEvent {
  const [path = '', query = ''] = target.split(/\?(.*)/s)
  return writtenEvent({ method, path, query, lines, body }, 'replay', mode)
}
