import { expect, it } from 'vitest'
import { createContext } from '../src/scenarios/event.ts'
import { warmUp } from '../src/worker/time.ts'

it.each([
  ['that never gets faster, for a quarter of the most', [1], 0, 1536, 1],
  ['that is flat after a while, until it is', [8, 4, 4], 0, 3072, 4],
  ['that gets faster and faster, for the most', [8, 4, 2, 1], 0, 6144, 1],
  ['that is flat too early, for the least', [8, 8, 4, 2], 6144, 6144, 2],
])('warms up one %s', async (_, costsMs, leastMs, wholeMs, perInvocationMs) => {
  const clock = { ms: 0 }
  // Of spans of 768, 768, 1536 and 3072 milliseconds.
  const costMs = (): number => {
    const span = clock.ms < 768 ? 0 : 1 + Math.floor(Math.log2(clock.ms / 768))
    return costsMs[span] ?? costsMs.at(-1) ?? Number.NaN
  }
  const handler = async (): Promise<void> => {
    clock.ms += costMs()
  }
  const invocation = { handler, eventText: '{}', context: createContext() }
  expect(await warmUp(invocation, 6144, leastMs, () => clock.ms)).toBe(perInvocationMs)
  expect(clock.ms).toBe(wholeMs)
})
