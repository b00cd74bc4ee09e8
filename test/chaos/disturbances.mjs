// What is done to the load balancer's machine: no room on the disk, no descriptors, processes killed.
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { functionProcesses, openDescriptors } from './processes.mjs'

const usualDescriptors = 1024

/** A small disk of its own; without the right to mount one, undefined. */
export function mountDisk(folder) {
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', folder], { stdio: 'ignore' })
  } catch {
    return undefined
  }
  const ballast = join(folder, 'ballast')
  return {
    async fill(ms) {
      try {
        writeFileSync(ballast, Buffer.alloc(8 << 20))
      } catch {
        // What was written until then stays.
      }
      await setTimeout(ms)
      rmSync(ballast)
    },
    unmount: () => execFileSync('umount', ['-l', folder]),
  }
}

/** Leaves it as many descriptors as it has open, and a few. */
export async function withoutDescriptors(pid, few, ms) {
  limitDescriptors(pid, openDescriptors(pid) + few)
  await setTimeout(ms)
  limitDescriptors(pid, usualDescriptors)
}

export function limitDescriptors(pid, count = usualDescriptors) {
  execFileSync('prlimit', ['--pid', String(pid), `--nofile=${count}:`])
}

/** Whether there was one to kill. */
export function killFunctionProcess(parent, random) {
  const pids = functionProcesses(parent)
  if (pids.length === 0) return false
  try {
    process.kill(random.of(pids), 'SIGKILL')
    return true
  } catch {
    // It has ended by itself meanwhile.
    return false
  }
}
