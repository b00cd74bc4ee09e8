import { rmSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const own = new Set<string>()
let count = 0

/**
 * A new folder, removed when this process ends. Those of processes that were killed before they could
 * do so are removed, too.
 */
export async function ownFolder(parent: string, prefix = ''): Promise<string> {
  await clearLeft(parent, prefix)
  if (count === 0) process.on('exit', removeAll)
  count += 1
  const folder = join(parent, `${prefix}${process.pid}-${count}`)
  own.add(folder)
  await mkdir(folder, { recursive: true })
  return folder
}

export async function removeOwnFolder(folder: string): Promise<void> {
  own.delete(folder)
  await rm(folder, { recursive: true, force: true })
}

function removeAll(): void {
  for (const folder of own) {
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch {
      // The next start tries again.
    }
  }
}

async function clearLeft(parent: string, prefix: string): Promise<void> {
  const names = await readdir(parent).catch(() => [])
  const isLeft = (name: string): boolean => {
    const rest = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    const pid = /^(\d+)-\d+$/.exec(rest)?.[1]
    if (pid === undefined || own.has(join(parent, name))) return false
    // In a container each run may have the same number.
    return Number(pid) === process.pid || !isRunning(Number(pid))
  }
  const left = names.filter(isLeft)
  const removals = left.map((name) => rm(join(parent, name), { recursive: true, force: true }))
  // What belongs to another user stays.
  await Promise.allSettled(removals)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return Object(error).code === 'EPERM'
  }
}
