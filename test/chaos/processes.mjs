// Which processes there are, from /proc.
import { readdirSync, readFileSync } from 'node:fs'

/** Numbers of the processes that have the variable in their environment. */
export function processesWith(variable) {
  return all().filter((pid) => read(pid, 'environ').split('\0').includes(variable))
}

/** Its functions, their guard, the bundler. */
export function childrenOf(parent) {
  return all().filter((pid) => /\) . (\d+) /.exec(read(pid, 'stat'))?.[1] === String(parent))
}

export function functionProcesses(parent) {
  return childrenOf(parent).filter((pid) =>
    read(pid, 'environ').includes('AWS_LAMBDA_RUNTIME_API='),
  )
}

export function commandOf(pid) {
  return read(pid, 'cmdline').split('\0').join(' ').trim()
}

export function openDescriptors(pid) {
  return readdirSync(`/proc/${pid}/fd`).length
}

function all() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
}

function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    // It has ended meanwhile, or is somebody else's.
    return ''
  }
}
