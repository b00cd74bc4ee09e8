import { readFileSync } from 'node:fs'
import { PerformanceObserver } from 'node:perf_hooks'
import type { Figures } from './task.ts'
import { type Invocation, invoke, turn, warmUp } from './time.ts'

/** Room for new objects, so that some invocations pass without a collection. */
export const allocationFlags = [
  '--expose-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
]

const peakInvocations = 20

/** Bytes on the heap and beside it that an invocation allocates, garbage or not. */
export async function countAllocation(invocation: Invocation, warmupMs: number): Promise<Figures> {
  await warmUp(invocation, warmupMs)
  let collections = 0
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length
  })
  observer.observe({ entryTypes: ['gc'] })
  try {
    for (let count = 256; count >= 1; count /= 2) {
      // The first frees buffers in the background, the second waits until that is done.
      globalThis.gc?.()
      globalThis.gc?.()
      await entriesDelivered()
      collections = 0
      const bytes = await growth(invocation, count)
      await entriesDelivered()
      // Something was collected on the way: two sizes say nothing then.
      if (collections === 0) return { allocatedBytes: bytes / count }
    }
  } finally {
    observer.disconnect()
  }
  // Each invocation collects garbage: there is nothing to count, and no reason to end the run.
  return {}
}

/** The most memory the process has held, before and after the invocations. */
export async function peakMemory(invocation: Invocation): Promise<Figures> {
  const before = peakBytes()
  for (let index = 0; index < peakInvocations; index += 1) {
    await invoke(invocation)
    await turn()
  }
  const after = peakBytes()
  return { peakBytes: after, peakGrowthBytes: after - before }
}

/**
 * Linux lets a process begin with the `maxRSS` of the one that started it, which would hide a peak
 * below that; `VmHWM` is the peak of the program alone (proc(5)). Others have `maxRSS` only.
 */
export function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
  return Number(kibibytes) * 1024
}

/** Asks for the size twice only: the answer is 1 KB of garbage itself. */
async function growth(invocation: Invocation, count: number): Promise<number> {
  const before = allocated()
  for (let index = 0; index < count; index += 1) await invoke(invocation)
  return allocated() - before
}

/** Node reports a collection in one turn of the event loop and tells observers in the next. */
async function entriesDelivered(): Promise<void> {
  for (let count = 0; count < 3; count += 1) await turn()
}

function allocated(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
