import { type Invocation, invoke } from './invocation.ts'
import type { Figures, Pace } from './task.ts'
import { warmUp } from './time.ts'

/** Nanoseconds per invocation when `level` of them are under way at once, for each level and slice. */
export async function timeOverlap(
  invocation: Invocation,
  levels: readonly number[],
  pace: Pace,
  pause: () => Promise<void>,
): Promise<Figures> {
  const perInvocationMs = await warmUp(invocation, pace.warmupMs)
  const slices = levels.map((level) => ({
    level,
    batches: Math.max(1, Math.round(pace.sliceMs / perInvocationMs / level)),
    times: [] as number[],
  }))
  // The levels alternate, or the last would have the warmest code; first comes each one's warm-up.
  const warmups = Math.round(pace.rewarmMs / pace.sliceMs)
  for (const { level, batches } of slices) await overlapping(invocation, level, batches * warmups)
  for (let index = 0; index < pace.slices; index += 1) {
    await pause()
    for (const { level, batches, times } of slices) {
      times.push(await overlapping(invocation, level, batches))
    }
  }
  return Object.fromEntries(slices.map(({ level, times }) => [`overlap${level}Ns`, times]))
}

async function overlapping(
  invocation: Invocation,
  level: number,
  batches: number,
): Promise<number> {
  const start = performance.now()
  for (let batch = 0; batch < batches; batch += 1) {
    await Promise.all(Array.from({ length: level }, () => invoke(invocation)))
  }
  return ((performance.now() - start) * 1_000_000) / batches / level
}
