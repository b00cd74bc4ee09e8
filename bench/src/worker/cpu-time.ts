import { openSync, readSync } from 'node:fs'

/** CPU time of the process: compiler, garbage collector and zlib's threads included. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** CPU time of the thread that runs the app; NaN where the system does not tell. */
export const mainThreadCpuMs: () => number = ofScheduler() ?? ofNode() ?? (() => Number.NaN)

/** Linux: nanoseconds on the processor come first (Documentation/scheduler/sched-stats.rst). */
function ofScheduler(): (() => number) | undefined {
  let descriptor: number
  try {
    descriptor = openSync(`/proc/self/task/${process.pid}/schedstat`, 'r')
  } catch {
    return undefined
  }
  const text = Buffer.alloc(64)
  return () => {
    // The kernel brings the figure up to date when the process is asked for its time, or at a tick.
    process.cpuUsage()
    const length = readSync(descriptor, text, 0, text.length, 0)
    return Number.parseInt(text.toString('latin1', 0, length), 10) / 1_000_000
  }
}

/** Node 24 and later. */
function ofNode(): (() => number) | undefined {
  // @types/node describes the oldest line that is supported.
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage }
  if (!threadCpuUsage) return undefined
  return () => {
    const { user, system } = threadCpuUsage.call(process)
    return (user + system) / 1000
  }
}
