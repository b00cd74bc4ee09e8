import { deepStrictEqual } from 'node:assert'
import fc from 'fast-check'
import { type Behaviour, behaviour } from './behaviours.ts'
import { isCarried, type Listener, passedOn, traceHeader } from './request-differences.ts'
import { type ParityRequest, parityRequest, toBytes, toMessage } from './requests.ts'
import {
  type Answer,
  badGateway,
  broughtBack,
  comparable,
  isExpressible,
} from './response-differences.ts'
import type { Seen } from './seen.ts'
import { type Outcome, type Serving, serve } from './serving.ts'

/** A request and what the app does with it. */
export interface Scenario {
  readonly request: ParityRequest
  readonly behaviour: Behaviour
}

export const scenario: fc.Arbitrary<Scenario> = fc
  .record({ request: parityRequest, behaviour })
  .map((drawn) => (drawn.request.body.length < unreadLimitBytes ? drawn : readWhole(drawn)))

// A server that answers and closes while a body is still on its way resets the connection, and the
// client may lose the answer: no matter of the app.
const unreadLimitBytes = 4096

const apps = ['listener', 'koa', 'express'] as const
const listeners: readonly Listener[] = [
  { mode: 'single', port: 80 },
  { mode: 'multi', port: 8080 },
]

interface Stage {
  readonly plain: Serving
  readonly fronts: readonly { readonly listener: Listener; readonly serving: Serving }[]
}

/** Every app under `app.listen()` and behind the load balancer in both modes. */
export class Parity {
  readonly #stages: ReadonlyMap<Behaviour['app'], Stage>

  private constructor(stages: ReadonlyMap<Behaviour['app'], Stage>) {
    this.#stages = stages
  }

  static async open(): Promise<Parity> {
    return new Parity(new Map(await Promise.all(apps.map(openStage))))
  }

  /** @throws AssertionError when a difference shows that is not documented */
  async check({ request, behaviour }: Scenario): Promise<void> {
    const stage = this.#stages.get(behaviour.app)
    if (!stage) throw new Error(`there is no app ${behaviour.app}`)
    const { method } = request
    const isHead = method === 'HEAD'
    for (const { listener, serving } of stage.fronts) {
      const outcome = await serving.exchange(toBytes(toMessage(request)), isHead, behaviour)
      const actual = shown(outcome.response, seenBehind(outcome.seen), outcome.failure, listener)
      if (!isCarried(request)) {
        deepStrictEqual(actual, shown(badGateway(method), undefined, undefined, listener))
        continue
      }
      const passed = toBytes(passedOn(request, listener))
      const reference = await stage.plain.exchange(passed, isHead, behaviour)
      deepStrictEqual(actual, expected(reference, method, listener))
    }
  }

  close(): void {
    for (const { plain, fronts } of this.#stages.values()) {
      plain.close()
      for (const { serving } of fronts) serving.close()
    }
  }
}

async function openStage(app: Behaviour['app']): Promise<[Behaviour['app'], Stage]> {
  const fronts = listeners.map(async (listener) => ({
    listener,
    serving: await serve(app, listener),
  }))
  return [app, { plain: await serve(app), fronts: await Promise.all(fronts) }]
}

function expected(
  { response, isEnded, seen }: Outcome,
  method: string,
  listener: Listener,
): unknown {
  // Also where the client cannot know: all bytes were there, or the end of the connection stands
  // for the end of the body.
  if (!isEnded) return shown(badGateway(method), seen, 'ALB_ERR_CONNECTION_LOST', listener)
  // The app declared another length than it sent: a client would wait, or take the next response
  // to begin too early.
  if (response.end !== 'complete') {
    return shown(badGateway(method), seen, 'ALB_ERR_RESPONSE_INCOMPLETE', listener)
  }
  const answer = broughtBack(response, { method, mode: listener.mode })
  if (!isExpressible(answer)) {
    return shown(badGateway(method), seen, 'ALB_ERR_INVALID_HEADER', listener)
  }
  return shown(answer, seen, undefined, listener)
}

function shown(
  answer: Answer,
  seen: Seen | undefined,
  failure: Outcome['failure'],
  { mode }: Listener,
): unknown {
  return { mode, answer: comparable(answer, mode), seen, failure }
}

/** What the app saw, without the trace header that only the load balancer adds. */
function seenBehind(seen: Seen | undefined): Seen | undefined {
  if (!seen) return undefined
  const { request } = seen
  const place = request.rawHeaders.indexOf(traceHeader)
  return {
    ...seen,
    request: {
      ...request,
      rawHeaders: request.rawHeaders.toSpliced(place, place < 0 ? 0 : 2),
      headers: request.headers.filter(([name]) => name !== traceHeader),
      headersDistinct: request.headersDistinct.filter(([name]) => name !== traceHeader),
    },
  }
}

function readWhole({ request, behaviour }: Scenario): Scenario {
  return { request, behaviour: { ...behaviour, reading: 'all' } }
}
