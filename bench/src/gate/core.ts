import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Keeps this process, and those it starts from now on, on the last core it may use: there, what helper
 * threads do is part of the wall time, and no other core is faster.
 *
 * @returns the core; none where there is no `taskset`
 */
export function pin(): string | undefined {
  try {
    const status = readFileSync('/proc/self/status', 'utf8')
    const core = /^Cpus_allowed_list:.*?(\d+)$/m.exec(status)?.[1]
    if (core === undefined) return undefined
    execFileSync('taskset', ['-a', '-c', '-p', core, String(process.pid)], { stdio: 'ignore' })
    return core
  } catch {
    return undefined
  }
}
