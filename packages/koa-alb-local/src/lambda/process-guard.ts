import { type ChildProcess, spawn } from 'node:child_process'
import type { Writable } from 'node:stream'

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

let guard: ChildProcess | undefined

/** Has these processes, and what they start, end with this one, however it ends. */
export function guardGroup(group: number): void {
  guard ??= startGuard()
  tell('begin', group)
}

export function forgetGroup(group: number): void {
  tell('end', group)
}

function tell(change: 'begin' | 'end', group: number): void {
  const { stdin } = guard ?? {}
  if (stdin?.writable) stdin.write(`${change} ${group}\n`)
}

function startGuard(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', script], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // What ends this process from a terminal must not end the guard before it has worked.
    detached: true,
    env: {},
    cwd: '/',
  })
  // Where there is no shell, or it was killed, processes end as far as this one can see to it.
  child.on('error', () => {})
  child.stdin?.on('error', () => {})
  child.unref()
  unrefPipe(child.stdin)
  return child
}

function unrefPipe(pipe: Writable | null): void {
  if (pipe && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
}
