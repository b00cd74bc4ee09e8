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
  await warmUp(invocation, warmupMs)
  for (let count = 256; count >= 1; count /= 2) {
    globalThis.gc?.()
    await turn()
    const bytes = await growth(invocation, count)
    if (bytes !== undefined) return { allocatedBytes: bytes / count }
  }
  throw new Error('each invocation collects garbage: nothing can be counted')
}

/** Undefined when something was collected on the way: two sizes say nothing then. */
async function growth(invocation: Invocation, count: number): Promise<number | undefined> {
  const before = allocated()
  let last = before
  for (let index = 0; index < count; index += 1) {
    await invoke(invocation)
    const now = allocated()
    if (now < last) return undefined
    last = now
  }
  return last - before
}

function allocated(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
