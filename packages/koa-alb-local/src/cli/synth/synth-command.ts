import { type ChildProcess, spawn } from 'node:child_process'
import { forgetGroup, guardGroup } from '../../lambda/process-guard.ts'
import { clearTimeout, setTimeout } from '../../time/clock.ts'

export interface Ended {
  /** Why it failed; undefined when it did not. */
  readonly failure: string | undefined
  /** What it wrote, the end of it if it was much. */
  readonly output: string
}

const keptCharacters = 64 * 1024
// As functions have at the end.
const graceMs = 500

/** A command of the shell, which runs at most once at a time, with all that it starts. */
export class SynthCommand {
  readonly #command: string
  #child: ChildProcess | undefined
  #ended: Promise<Ended> | undefined

  constructor(command: string) {
    this.#command = command
  }

  run(): Promise<Ended> {
    this.#ended ??= this.#start().finally(() => {
      this.#ended = undefined
    })
    return this.#ended
  }

  /** Ends it, and what it has started. */
  async end(): Promise<void> {
    if (!this.#ended) return
    this.#kill('SIGTERM')
    const timer = setTimeout(() => this.#kill('SIGKILL'), graceMs)
    await this.#ended
    clearTimeout(timer)
  }

  #start(): Promise<Ended> {
    // A group of its own: Ctrl-C of a terminal must reach all of it, and once.
    const child = spawn('/bin/sh', ['-c', this.#command], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    this.#child = child
    const { pid } = child
    if (pid !== undefined) guardGroup(pid)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-keptCharacters)
      })
    }
    return new Promise((resolve) => {
      const finish = (failure: string | undefined): void => {
        if (pid !== undefined) forgetGroup(pid)
        resolve({ failure, output: output.trimEnd() })
      }
      child.once('error', ({ message }) => finish(`could not be started: ${message}`))
      child.once('exit', (code, signal) => {
        const end = (): void => {
          clearTimeout(timer)
          finish(failureOf(code, signal))
        }
        // What it has left behind would write into what is served.
        this.#kill('SIGKILL')
        const timer = setTimeout(end, graceMs)
        child.once('close', end)
      })
    })
  }

  #kill(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid
    if (pid === undefined) return
    try {
      process.kill(-pid, signal)
    } catch {
      // Nothing of it is left.
    }
  }
}

function failureOf(code: number | null, signal: NodeJS.Signals | null): string | undefined {
  if (signal) return `was ended by ${signal}`
  return code === 0 ? undefined : `ended with status ${code}`
}
