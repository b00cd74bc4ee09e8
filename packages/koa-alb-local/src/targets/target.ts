import type { LambdaErrorReason } from '../answer/refusal.ts'
import type { AlbEvent } from '../types.ts'

/** What an invocation came to: the document as JSON text, or why there is none. */
export type InvocationOutcome = (
  | { readonly payload: string }
  | {
      readonly errorReason: LambdaErrorReason
      readonly detail: string
      /** The error behind it, if there is one: for the log. */
      readonly cause?: unknown
    }
) & {
  /** Milliseconds of the init phase, when the invocation had to wait for it: a cold start. */
  readonly initMs?: number
  /** Milliseconds before, when there was no function yet, or another invocation in a debugger. */
  readonly queuedMs?: number
}

/** The outcome of an invocation without a document. */
export type InvocationFailure = Exclude<InvocationOutcome, { readonly payload: string }>

/** Where the load balancer sends events. It knows nothing of HTTP. */
export interface Target {
  /** Takes the event as JSON text; every failure of the function is an outcome, not a rejection. */
  invoke(event: string, invocation: Invocation): Promise<InvocationOutcome>
}

export interface Invocation {
  readonly requestId: string
}

type CallWithEvent = (event: AlbEvent, invocation: Invocation) => Promise<InvocationOutcome>

const callsWithEvent = new WeakMap<Target, CallWithEvent>()

/** Lets a target of this process have events as they are, and not as text. */
export function takeEvents(target: Target, call: CallWithEvent): void {
  callsWithEvent.set(target, call)
}

/** Whether the target has the event itself, and not a text of it. */
export function takesEvents(target: Target): boolean {
  return callsWithEvent.has(target)
}

/**
 * Invokes a target with an event that nobody else holds. A handler in this process gets it as it is:
 * it is plain JSON, and the way there and back through text takes 8 % of a request's CPU time.
 */
export function invokeWith(
  target: Target,
  event: AlbEvent,
  invocation: Invocation,
): Promise<InvocationOutcome> {
  const call = callsWithEvent.get(target)
  return call ? call(event, invocation) : target.invoke(JSON.stringify(event), invocation)
}

const maximumTimeoutMs = 900_000

export function checkTimeout(timeoutMs: number): void {
  if (!(timeoutMs > 0 && timeoutMs <= maximumTimeoutMs)) {
    throw new TypeError(
      `timeoutMs must be over 0 and at most ${maximumTimeoutMs}, got ${timeoutMs}`,
    )
  }
}
