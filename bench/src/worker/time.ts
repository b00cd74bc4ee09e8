import { type Invocation, invoke, turn } from './invocation.ts'
import type { Figures, Pace } from './task.ts'

/** Invocations between two turns of the event loop, so that the turn itself weighs little. */
const invocationsPerTurn = 8

/** What a function answers that is started often: nothing is compiled yet. */
const earlyInvocations = 100

/** Enough for any code to be compiled; a small GET gets no faster after twenty to fifty thousand. */
const mostWarmups = 60_000

/** Nanoseconds per invocation right after the start of the process. */
export async function timeEarly(invocation: Invocation): Promise<Figures> {
  const { unitNs } = await slice(invocation, earlyInvocations)
  return { earlyNs: [unitNs] }
}

/** Nanoseconds per invocation, of each slice; it pauses before each. */
export async function timeInvocations(
  invocation: Invocation,
  pace: Pace,
  pause: () => Promise<void>,
): Promise<Figures> {
  const perInvocationMs = await warmUp(invocation, pace.warmupMs)
  const count = Math.max(1, Math.round(pace.sliceMs / perInvocationMs))
  const slices: Slice[] = []
  for (let index = 0; index < pace.slices; index += 1) {
    await pause()
    slices.push(await slice(invocation, count))
  }
  return {
    unitNs: slices.map(({ unitNs }) => unitNs),
    handlerNs: slices.map(({ handlerNs }) => handlerNs),
    cpuNs: slices.map(({ cpuNs }) => cpuNs),
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

/** CPU time of the process, in milliseconds. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

interface Slice {
  readonly unitNs: number
  readonly handlerNs: number
  readonly cpuNs: number
}

async function slice(invocation: Invocation, count: number): Promise<Slice> {
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
  return {
    unitNs: unitMs * toNs,
    handlerNs: handlerMs * toNs,
    cpuNs: usedMs * toNs,
  }
}
