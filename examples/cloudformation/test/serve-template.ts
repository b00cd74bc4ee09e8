import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const manifest = createRequire(import.meta.url).resolve('koa-alb-local/package.json')
const command = join(dirname(manifest), 'bin/koa-alb-local.js')

export interface Served {
  /** Where its first listener listens. */
  url(): Promise<string>
  /** The first line printed that matches. */
  line(pattern: RegExp): Promise<string>
}

interface Options {
  readonly args?: readonly string[]
  readonly onLine?: (line: string) => void
}

/** `koa-alb-local --template` on a free port, for the current test. */
export function serveTemplate(file: string, { args = [], onLine }: Options = {}): Served {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, [command, '--template', file, '--port', '0', ...args], {
    env: { PATH, HOME },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed: string[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (text) => {
    printed.push(text)
    onLine?.(text)
  })
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = printed.find((each) => pattern.test(each))
        if (found !== undefined) resolve(found)
      }
      output.on('line', look)
      output.on('close', () => reject(new Error(`ended without ${pattern}`)))
      look()
    })
  return {
    line,
    url: async () => (await line(/^Listening on/)).replace(/^Listening on (\S+).*/, '$1'),
  }
}
