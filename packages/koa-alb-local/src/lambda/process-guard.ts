import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'

// Reads which process groups begin and end, and kills those that are left when nobody writes any more.
// A function that computes does not notice by itself that this process was killed.
const script = `groups=
while read -r change group; do
  left=
  for each in $groups; do [ "$each" = "-$group" ] || left="$left $each"; done
  groups=$left
  [ "$change" = end ] || groups="$groups -$group"
done
[ -z "$groups" ] || kill -KILL $groups 2>/dev/null`

const groups = new Set<number>()
let guard: ChildProcess | undefined

/** Has these processes, and what they start, end with this one, however it ends. */
export function guardGroup(group: number): void {
  groups.add(group)
  if (guard) tell(`begin ${group}`)
  else startGuard()
}

export function forgetGroup(group: number): void {
  groups.delete(group)
  tell(`end ${group}`)
}

function tell(line: string): void {
  if (guard?.stdin?.writable) guard.stdin.write(`${line}\n`)
}

function startGuard(): void {
  const child = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // What ends this process from a terminal must not end the guard before it has worked.
    detached: true,
    env: {},
    cwd: '/',
  })
  guard = child
  // Where there is none, processes end as far as this one can see to it; the next one tries again.
  const forget = (): void => {
    if (guard === child) guard = undefined
  }
  child.on('error', forget).on('exit', forget)
  child.stdin?.on('error', forget)
  child.unref()
  // A pipe to a process is a socket.
  if (child.stdin instanceof Socket) child.stdin.unref()
  for (const group of groups) tell(`begin ${group}`)
}
