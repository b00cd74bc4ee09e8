import type { AsyncLocalStorage } from 'node:async_hooks'
import { format } from 'node:util'

const levels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const

/** Makes console write lines as on Lambda: time, request id, level and text, with tabs between. */
export function patchConsole(requestIds: AsyncLocalStorage<string>): void {
  for (const [method, level] of Object.entries(levels)) {
    Reflect.set(console, method, (...values: unknown[]) => {
      const id = requestIds.getStore() ?? '-'
      process.stdout.write(`${new Date().toISOString()}\t${id}\t${level}\t${format(...values)}\n`)
    })
  }
}
