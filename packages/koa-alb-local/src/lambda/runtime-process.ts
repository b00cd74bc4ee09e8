import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { Socket } from 'node:net'
import { devNull } from 'node:os'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { clearTimeout, setTimeout } from '../time/clock.ts'
import { forgetGroup, guardGroup } from './process-guard.ts'

export interface RuntimeCommand {
  readonly node: string
  readonly args: readonly string[]
  readonly directory: string
  readonly variables: Readonly<Record<string, string>>
  /** Gets each line that the process writes. */
  readonly output: (line: string) => void
}

const keptLines = 50
// Two for each of its pipes, two to learn whether it started, and as many for the guard.
const descriptorsOfSpawn = 12
// What comes last through the pipes of a process that has ended; its own children may hold them open.
const drainMs = 200

const hasGroups = process.platform !== 'win32'

const running = new Set<ChildProcess>()

/** The process in which the runtime client and the function run. */
export class RuntimeProcess {
  readonly #child: ChildProcess
  #errorLines: string[] = []

  /** Settles with how the process ended: `exit status 1`, `signal: SIGKILL`, … */
  readonly ended: Promise<string>

  /** @throws Error when the system has no room for one more */
  constructor({ node, args, directory, variables, output }: RuntimeCommand) {
    checkDescriptors()
    const child = spawn(node, args, {
      cwd: directory,
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own: Ctrl-C in a terminal must not end invocations under way, and what
      // the function starts ends with it.
      detached: hasGroups,
    })
    this.#child = child
    this.ended = untilEnded(child, directory)
    child.unref()
    endWithThisProcess(child)
    readLines(child.stdout, output)
    readLines(child.stderr, (line) => {
      this.#errorLines.push(line)
      if (this.#errorLines.length > keptLines) this.#errorLines.shift()
      output(line)
    })
  }

  /** What stderr tells since the last call of `forgetErrors`. */
  crashReport(): CrashReport {
    return toCrashReport(this.#errorLines)
  }

  forgetErrors(): void {
    this.#errorLines = []
  }

  kill(): void {
    kill(this.#child)
  }

  /** SIGTERM and, after this time, SIGKILL; settles when the process has ended. */
  async shutDown(graceMs: number): Promise<void> {
    this.#child.kill('SIGTERM')
    const timer = setTimeout(() => this.kill(), graceMs)
    await this.ended
    clearTimeout(timer)
  }
}

// Node loses the pipes of a spawn that fails for want of descriptors, and so would never get out of it.
function checkDescriptors(): void {
  const opened: number[] = []
  try {
    while (opened.length < descriptorsOfSpawn) opened.push(openSync(devNull, 'r'))
  } catch (cause) {
    throw new Error(`no descriptor is left for one more process: ${cause}`, { cause })
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}

function untilEnded(child: ChildProcess, directory: string): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', ({ message }) => {
      // The system has the same word for a program that is not there.
      const reason = existsSync(directory) ? message : `${directory} has gone`
      resolve(`could not be started: ${reason}`)
    })
    child.once('exit', (code, signal) => {
      // What it has started is as gone as on Lambda.
      kill(child)
      const timer = setTimeout(ended, drainMs)
      child.once('close', ended)
      function ended(): void {
        clearTimeout(timer)
        resolve(signal ? `signal: ${signal}` : `exit status ${code}`)
      }
    })
  })
}

// Without descriptors for them there are no streams, whatever the types say, and `error` has the reason.
function readLines(stream: Readable | undefined, handle: (line: string) => void): void {
  if (!stream) return
  // An idle environment is no reason for the process to stay.
  if (stream instanceof Socket) stream.unref()
  createInterface({ input: stream }).on('line', handle)
}

function endWithThisProcess(child: ChildProcess): void {
  const { pid } = child
  if (pid === undefined) return
  if (running.size === 0) process.on('exit', killAll)
  running.add(child)
  if (hasGroups) guardGroup(pid)
  child.once('exit', () => {
    if (hasGroups) forgetGroup(pid)
    running.delete(child)
    if (running.size === 0) process.off('exit', killAll)
  })
}

function killAll(): void {
  for (const child of running) kill(child)
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || !hasGroups) {
    child.kill('SIGKILL')
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The whole group has ended by itself.
  }
}

/** What Node printed on stderr when it gave up, as far as it can be told. */
export interface CrashReport {
  /** `Error: boom` */
  readonly headline?: string
  /** `file:///app/lambda.mjs:3` */
  readonly location?: string
}

const frame = /^ {4}at /
const position = /^(?:file:\/\/|\/|[A-Z]:\\).*:\d+$/

/** Finds the error and its place in the last lines of stderr. */
function toCrashReport(lines: readonly string[]): CrashReport {
  const firstFrame = lines.findIndex((line) => frame.test(line))
  const headline = firstFrame > 0 ? lines[firstFrame - 1] : undefined
  const location = lines.findLast((line) => position.test(line))
  return { ...(headline && { headline }), ...(location && { location }) }
}
