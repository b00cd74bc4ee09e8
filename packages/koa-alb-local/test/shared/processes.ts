import { spawnSync } from 'node:child_process'

/** Whether the process exists and is no zombie, which it may stay where nobody waits for orphans. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
  return /^[^Z]/.test(stdout.trim())
}
