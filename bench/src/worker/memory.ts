import { readFileSync } from 'node:fs'
import { type Invocation, invoke, turn } from './invocation.ts'
import type { Figures } from './task.ts'

/** The most memory the process has held, before and after the invocations. */
export async function peakMemory(invocation: Invocation, invocations: number): Promise<Figures> {
  const beforeBytes = peakBytes()
  for (let index = 0; index < invocations; index += 1) {
    await invoke(invocation)
    await turn()
  }
  const afterBytes = peakBytes()
  return { peakBytes: [afterBytes], peakGrowthBytes: [afterBytes - beforeBytes] }
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
