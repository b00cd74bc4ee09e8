import type { Context } from 'aws-lambda'
import type { Handler } from '../contestants/wrap.ts'
import { createContext, toEvent } from '../scenarios/event.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import type { Case } from './task.ts'

/** A handler with the event text it is invoked with again and again. */
export interface Invocation {
  readonly handler: Handler
  readonly eventText: string
  readonly context: Context
}

export function toInvocation(handler: Handler, { scenario, mode }: Case): Invocation {
  const eventText = JSON.stringify(toEvent(toScenario(scenario).request, mode))
  return { handler, eventText, context: createContext() }
}

/** What Lambda's runtime does: event text in, document text out. */
export async function invoke({ handler, eventText, context }: Invocation): Promise<string> {
  return JSON.stringify(await handler(JSON.parse(eventText), context))
}

/**
 * Lets the event loop turn, as it does between two events: what an adapter puts off until after
 * its answer is part of its time.
 */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
