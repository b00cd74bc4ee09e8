import type { Call } from './calls.ts'
import type { Begin, RoundTrips } from './exchange.ts'
import { codeOf, Observation, type Observed } from './observation.ts'
import type { Stage } from './stage.ts'

export interface Outcome extends Observed {
  readonly answer: string
}

/** Rounds without anything new after which nothing more happens; a stage may wait for fewer. */
const QUIET_ROUNDS = 16

/** Makes the call at the stage, and waits until nothing more comes of it. */
export async function play(
  begin: Begin,
  trips: RoundTrips,
  stage: Stage,
  call: Call,
  isListened: boolean,
): Promise<Outcome | undefined> {
  let seen: Observation | undefined
  const exchange = begin((req, res) => {
    const observation = new Observation(req, res)
    seen = observation
    if (isListened) observation.listen()
    stage.arrive(observation.messages, () => {
      if (!observation.isCalled) observation.call(call.act)
    })
  }, stage)
  process.setUncaughtExceptionCaptureCallback((error) => seen?.note(`uncaught ${codeOf(error)}`))
  const progress = (): string => `${seen?.isCalled} ${seen?.length} ${exchange.answer()}`
  for (let quiet = 0, last = progress(); quiet < QUIET_ROUNDS; quiet++) {
    await trips.make()
    const now = progress()
    if (now !== last) quiet = 0
    last = now
  }
  const observed = seen?.observed
  const answer = exchange.answer()
  seen?.messages.socket.destroy()
  await exchange.close()
  process.setUncaughtExceptionCaptureCallback(null)
  return observed && { ...observed, answer }
}
