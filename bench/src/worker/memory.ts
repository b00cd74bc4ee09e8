import { type Invocation, invoke, turn } from './invocation.ts'

/** The most memory the process has held, before and after the invocations. */
export async function peakMemory(
  invocation: Invocation,
  invocations: number,
): Promise<Record<string, number>> {
  const beforeKiB = process.resourceUsage().maxRSS
  for (let index = 0; index < invocations; index += 1) {
    await invoke(invocation)
    await turn()
  }
  const peakKiB = process.resourceUsage().maxRSS
  return { peakBytes: peakKiB * 1024, peakGrowthBytes: (peakKiB - beforeKiB) * 1024 }
}
