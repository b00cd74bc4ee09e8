import { PerformanceObserver } from 'node:perf_hooks'
import { type Invocation, invoke, turn } from './invocation.ts'
import { warmUp } from './time.ts'

/** Room for new objects, so that some invocations pass without a collection. */
export const allocationFlags = [
  '--expose-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
]

/** Bytes on the heap and beside it that an invocation allocates, garbage or not. */
export async function countAllocation(
  invocation: Invocation,
  warmupMs: number,
): Promise<Record<string, number>> {
  let collections = 0
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length
  })
  await warmUp(invocation, warmupMs)
  observer.observe({ entryTypes: ['gc'] })
  try {
    // With a collection in between, the difference of two heap sizes says nothing.
    for (let count = 256; count >= 1; count /= 2) {
      globalThis.gc?.()
      await settle()
      collections = 0
      const before = allocated()
      for (let index = 0; index < count; index += 1) await invoke(invocation)
      const bytes = allocated() - before
      await settle()
      if (collections === 0) return { allocatedBytes: bytes / count }
    }
    throw new Error('each invocation collects garbage: nothing can be counted')
  } finally {
    observer.disconnect()
  }
}

/** Observers are told within two turns. */
async function settle(): Promise<void> {
  await turn()
  await turn()
}

function allocated(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
