import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const bin = fileURLToPath(new URL('../../bin/koa-alb-local.js', import.meta.url))

/** A function that answers with this text. */
export function answering(text: string): string {
  return `export const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: ${JSON.stringify(text)},
})
`
}

export interface CommandLine {
  readonly process: ChildProcess
  /** The first URL it printed. */
  url(): Promise<string>
  /** Resolves with the first line that matches, also one from before. */
  line(pattern: RegExp): Promise<string>
  /** Everything printed. */
  output(): string
  /** The exit code, once it has ended. */
  readonly ended: Promise<number | null>
}

interface Options {
  readonly folder?: string
  readonly env?: Readonly<Record<string, string>>
  readonly onLine?: (line: string) => void
}

/** Runs the command for the current test. */
export function start(
  args: readonly string[],
  { folder = '.', env = {}, onLine = () => {} }: Options = {},
): CommandLine {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (text) => {
      lines.push(text)
      onLine(text)
      for (const look of waiting) look()
    })
  }
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((each) => pattern.test(each))
        if (found === undefined) return
        waiting.delete(look)
        resolve(found)
      }
      waiting.add(look)
      look()
      void ended.then(() => reject(new Error(`ended without ${pattern}:\n${lines.join('\n')}`)))
    })
  return {
    process: child,
    line,
    url: async () => (await line(/Listening on/)).replace(/^Listening on (\S+).*/, '$1'),
    output: () => lines.join('\n'),
    ended,
  }
}
