import type { Context } from 'aws-lambda'
import type { Handler } from '../contestants/wrap.ts'
import { createContext, toEvent } from '../scenarios/event.ts'
import { overlapLevels, toScenario } from '../scenarios/scenarios.ts'
import type { Case, Figures, Pace } from './task.ts'

/** Invocations between two turns of the event loop, so that the turn itself weighs little. */
const invocationsPerTurn = 8

/** What a function answers that is started often: nothing is compiled yet. */
const earlyInvocations = 100

/** Enough for any code to be compiled; a small GET gets no faster after twenty to fifty thousand. */
const mostWarmups = 60_000

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

/** Nanoseconds per invocation right after the start of the process. */
export async function timeEarly(invocation: Invocation): Promise<Figures> {
  const { unitNs = Number.NaN } = await slice(invocation, earlyInvocations)
  return { earlyNs: unitNs }
}

/** Nanoseconds per invocation, of each slice; first of none, when the code is warm. */
export async function* timeInvocations(
  invocation: Invocation,
  pace: Pace,
): AsyncGenerator<Figures> {
  const perInvocationMs = await warmUp(invocation, pace.warmupMs)
  const count = Math.max(1, Math.round(pace.sliceMs / perInvocationMs))
  yield {}
  for (let index = 0; index < pace.slices; index += 1) yield slice(invocation, count)
}

/** Nanoseconds per invocation when so many are under way at once; first of none, as above. */
export async function* timeOverlap(invocation: Invocation, pace: Pace): AsyncGenerator<Figures> {
  const perInvocationMs = await warmUp(invocation, pace.warmupMs)
  const time = async (level: number, ms: number): Promise<number> => {
    const batches = Math.max(1, Math.round(ms / perInvocationMs / level))
    const start = performance.now()
    for (let batch = 0; batch < batches; batch += 1) {
      await Promise.all(Array.from({ length: level }, () => invoke(invocation)))
    }
    return ((performance.now() - start) * 1_000_000) / batches / level
  }
  // The levels alternate, or the last would have the warmest code; first comes each one's warm-up.
  for (const level of overlapLevels) await time(level, pace.rewarmMs)
  yield {}
  for (let index = 0; index < pace.slices; index += 1) {
    const figures: Record<string, number> = {}
    for (const level of overlapLevels)
      figures[`overlap${level}Ns`] = await time(level, pace.sliceMs)
    yield figures
  }
}

/**
 * Invokes until the process has worked for `warmupMs`, whatever else the machine does meanwhile.
 * Milliseconds of CPU time per invocation, in the second half.
 */
export async function warmUp(invocation: Invocation, warmupMs: number): Promise<number> {
  const start = cpuMs()
  let now = start
  let counted = 0
  let countedFrom = start
  for (let total = 0; counted === 0 || now - start < warmupMs; total += invocationsPerTurn) {
    for (let index = 0; index < invocationsPerTurn; index += 1) await invoke(invocation)
    await turn()
    now = cpuMs()
    if (now - start > warmupMs / 2 || total > mostWarmups / 2) counted += invocationsPerTurn
    else countedFrom = now
    if (total >= mostWarmups) break
  }
  return (now - countedFrom) / counted
}

async function slice(invocation: Invocation, count: number): Promise<Figures> {
  const { handler, eventText, context } = invocation
  let handlerMs = 0
  const cpuStart = cpuMs()
  const start = performance.now()
  for (let index = 1; index <= count; index += 1) {
    const event = JSON.parse(eventText)
    const called = performance.now()
    const result = await handler(event, context)
    handlerMs += performance.now() - called
    JSON.stringify(result)
    if (index % invocationsPerTurn === 0) await turn()
  }
  const unitMs = performance.now() - start
  const usedMs = cpuMs() - cpuStart
  const toNs = 1_000_000 / count
  return { unitNs: unitMs * toNs, handlerNs: handlerMs * toNs, cpuNs: usedMs * toNs }
}

/** CPU time of the process. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
