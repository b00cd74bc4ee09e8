import type { Context } from 'aws-lambda'
import type { Handler } from '../contestants/wrap.ts'
import { createContext, toEvent } from '../scenarios/event.ts'
import { overlapLevels, toScenario } from '../scenarios/scenarios.ts'
import { cpuMs, mainThreadCpuMs } from './cpu-time.ts'
import type { Case, Figures, Pace } from './task.ts'

/** Invocations between two turns of the event loop, so that the turn itself weighs little. */
const invocationsPerTurn = 8

/** What a function answers that is started often: nothing is compiled yet. */
const earlyInvocations = 100

/** As long as invocations take less than this share of what they took before, they get warmer. */
const warmingRatio = 0.95

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
  const perInvocationMs = await warmUp(invocation, pace.warmupMs, pace.leastWarmupMs)
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

/** The compiler's threads, busiest at the start, would make the first spans short. */
const warmUpClock = Number.isNaN(mainThreadCpuMs()) ? cpuMs : mainThreadCpuMs

/**
 * Invokes until the time per invocation is flat, whatever else the machine does meanwhile: each span
 * of CPU time is as long as all before it, and one that is no faster than the one before is the last,
 * but not before `leastMs`.
 *
 * @returns milliseconds of CPU time per invocation in the last span
 */
export async function warmUp(
  invocation: Invocation,
  mostMs: number,
  leastMs = 0,
  clock: () => number = warmUpClock,
): Promise<number> {
  const start = clock()
  let before = Number.POSITIVE_INFINITY
  for (let spanMs = mostMs / 8; ; spanMs = clock() - start) {
    const spanStart = clock()
    let count = 0
    for (; clock() - spanStart < spanMs; count += invocationsPerTurn) {
      for (let index = 0; index < invocationsPerTurn; index += 1) await invoke(invocation)
      await turn()
    }
    const now = clock()
    const perInvocationMs = (now - spanStart) / count
    const isFlat = perInvocationMs > before * warmingRatio && now - start >= leastMs
    if (isFlat || now - start >= mostMs) return perInvocationMs
    before = perInvocationMs
  }
}

async function slice(invocation: Invocation, count: number): Promise<Figures> {
  const { handler, eventText, context } = invocation
  let handlerMs = 0
  const cpuStart = cpuMs()
  const mainStart = mainThreadCpuMs()
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
  const mainMs = mainThreadCpuMs() - mainStart
  const usedMs = cpuMs() - cpuStart
  const toNs = 1_000_000 / count
  const figures = { unitNs: unitMs * toNs, handlerNs: handlerMs * toNs, cpuNs: usedMs * toNs }
  return Number.isNaN(mainMs) ? figures : { ...figures, mainNs: mainMs * toNs }
}
