import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { formatAccessLog } from '../../log/access-log.ts'
import type { LogEntry } from '../../log/log.ts'
import { type Paint, paintFor } from './request-line.ts'
import { StartError } from './start-error.ts'

/** Where the command line writes. */
export interface Terminal {
  readonly paint: Paint
  print(text: string): void
  error(text: string): void
  /** Writes the entry to the access log, if there is one. */
  logAccess(entry: LogEntry): void
  close(): Promise<void>
}

/**
 * Standard output for people; it is left to the access log alone when that goes there.
 * @throws StartError when the access log cannot be opened
 */
export async function openTerminal(accessLog: string | undefined): Promise<Terminal> {
  const isLogOnly = accessLog === '-'
  const stream = isLogOnly ? process.stderr : process.stdout
  const file = accessLog === undefined || isLogOnly ? undefined : await openFile(accessLog)
  const log = isLogOnly ? process.stdout : file
  return {
    paint: paintFor(stream, process.env),
    print: (text) => void stream.write(`${text}\n`),
    error: (text) => void process.stderr.write(`${text}\n`),
    logAccess: (entry) => void log?.write(`${formatAccessLog(entry)}\n`),
    async close() {
      if (!file) return
      file.end()
      await once(file, 'close')
    },
  }
}

async function openFile(path: string): Promise<WriteStream> {
  const file = createWriteStream(path, { flags: 'a' })
  try {
    await once(file, 'open')
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new StartError(`the access log cannot be written: ${reason}`)
  }
  return file
}
