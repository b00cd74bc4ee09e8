import { median } from '../statistics.ts'
import { type Invocation, invoke } from './invocation.ts'
import type { Pace } from './task.ts'
import { cpuMs, warmUp } from './time.ts'

/** Nanoseconds per invocation when `level` of them are under way at once. */
export async function timeOverlap(
  invocation: Invocation,
  level: number,
  pace: Pace,
): Promise<Record<string, number>> {
  const perInvocationMs = await warmUp(invocation, pace.warmupMs)
  const batches = Math.max(1, Math.round(pace.sliceMs / perInvocationMs / level))
  const wall: number[] = []
  const used: number[] = []
  for (let index = 0; index < pace.slices; index += 1) {
    const cpuStart = cpuMs()
    const start = performance.now()
    for (let batch = 0; batch < batches; batch += 1) {
      await Promise.all(Array.from({ length: level }, () => invoke(invocation)))
    }
    wall.push(((performance.now() - start) * 1_000_000) / batches / level)
    used.push(((cpuMs() - cpuStart) * 1_000_000) / batches / level)
  }
  return { [`overlap${level}Ns`]: median(wall), [`overlap${level}CpuNs`]: median(used) }
}
