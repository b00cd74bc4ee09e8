import type { ServerResponse } from 'node:http'
import type { Behaviour } from './behaviours.ts'
import { type Seen, seenOf } from './seen.ts'

/** What an app is to do with the next request, and what it saw of it. */
export interface Play {
  behaviour?: Behaviour
  res?: ServerResponse
  seen?: Seen
  /** Settles when the app is through with the request and the response is closed. */
  performed?: Promise<unknown>
}

export function behaviourFor<App extends Behaviour['app']>(
  { behaviour }: Play,
  app: App,
): Extract<Behaviour, { app: App }> {
  if (behaviour?.app !== app) throw new Error(`no behaviour for ${app} is set`)
  // Narrowing a union by a type parameter is beyond the compiler.
  return behaviour as Extract<Behaviour, { app: App }>
}

export function perform(
  play: Play,
  res: ServerResponse,
  act: (seen: Seen) => Promise<void>,
): Promise<void> {
  const seen = seenOf(res.req)
  play.res = res
  play.seen = seen
  const performed = act(seen)
  const closed = new Promise((resolve) => res.once('close', resolve))
  play.performed = Promise.all([performed.catch(() => {}), closed])
  return performed
}
