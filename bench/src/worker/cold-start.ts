import type { Handler } from '../contestants/wrap.ts'
import { createContext } from '../scenarios/event.ts'

/** What a cold start took, in milliseconds since the process began. */
export interface ColdStart {
  readonly evaluationMs: number
  readonly firstResponseMs: number
  readonly cpuMs: number
  readonly payload: string
}

/** The life of a function's process up to its first response: node cold-start.cjs bundle event. */
async function start(bundlePath: string, eventText: string): Promise<void> {
  const loading = performance.now()
  // Each function bundle exports it.
  const { handler } = require(bundlePath) as { handler: Handler | Promise<Handler> }
  const evaluationMs = performance.now() - loading
  const invoked = await handler
  const payload = JSON.stringify(await invoked(JSON.parse(eventText), createContext()))
  const firstResponseMs = performance.now()
  const { user, system } = process.cpuUsage()
  const result: ColdStart = {
    evaluationMs,
    firstResponseMs,
    cpuMs: (user + system) / 1000,
    payload,
  }
  process.stdout.write(JSON.stringify(result))
}

const [, , bundlePath = '', eventText = ''] = process.argv
void start(bundlePath, eventText)
