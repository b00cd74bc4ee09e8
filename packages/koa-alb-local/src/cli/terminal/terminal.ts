import { formatAccessLog } from '../../log/access-log.ts'
import { type ConnectionEntry, formatConnectionLog } from '../../log/connection-log.ts'
import { formatHealthCheckLog, type HealthCheckEntry } from '../../log/health-check-log.ts'
import type { LogEntry } from '../../log/log.ts'
import { printableInColours } from '../../log/printable.ts'
import type { LogFormat } from '../arguments/arguments.ts'
import { DocumentsHint } from './documents.ts'
import { FunctionLines } from './function-line.ts'
import { LogFile } from './log-file.ts'
import { lineAsJson, messageAsJson, requestAsJson } from './log-format.ts'
import { type Output, standardError, standardOutput } from './output.ts'
import { type Paint, paintFor, plain, requestLine } from './request-line.ts'
import type { Routed } from './routed.ts'
import { shortNames } from './short-names.ts'

// What is cut at 300 characters may be indented.
const mostCharacters = 320
// Of this process: one of the two streams says it.
const hint = new DocumentsHint()

/** Where the command line writes. */
export interface Terminal {
  readonly paint: Paint
  print(text: string): void
  error(text: string): void
  /** Prints a line that a function wrote. */
  relay(line: string, functionName: string, requestId?: string): void
  /** Prints what Lambda itself writes to a function's log, where that is wanted. */
  platform(text: string): void
  /** Prints a line on an exchange, and writes it to the access log if there is one. */
  exchange(entry: LogEntry, initMs: number | undefined, routed: Routed): void
  /** Writes to the log of connections if there is one. */
  connection(entry: ConnectionEntry): void
  /** Writes to the log of health checks if there is one. */
  healthCheck(entry: HealthCheckEntry): void
  /** The names of the functions, before they write anything. */
  serves(functionNames: readonly string[]): void
  close(): Promise<void>
}

interface Options {
  readonly accessLog: string | undefined
  readonly connectionLog: string | undefined
  readonly healthCheckLog: string | undefined
  /** Whether functions may write lines of any length. */
  readonly longLines: boolean
  readonly logFormat: LogFormat
}

/**
 * Standard output for people; it is left to the load balancer's logs alone when one goes there.
 * @throws StartError when one cannot be opened
 */
export async function openTerminal({
  accessLog,
  connectionLog,
  healthCheckLog,
  longLines,
  logFormat,
}: Options): Promise<Terminal> {
  const isLogOnly = [accessLog, connectionLog, healthCheckLog].includes('-')
  const stream = isLogOnly ? process.stderr : process.stdout
  const lines = printerTo(isLogOnly ? standardError : standardOutput, stream)
  const errors = printerTo(standardError, process.stderr)
  const isTerminal = stream.isTTY === true
  const most = isTerminal && !longLines ? mostCharacters : Number.POSITIVE_INFINITY
  const paint = logFormat === 'pretty' ? paintFor(stream, process.env) : plain
  // Standard output has the function's log alone then.
  const own = logFormat === 'lambda' ? errors : lines
  const message = (print: typeof own, text: string): void =>
    logFormat === 'json' ? print(messageAsJson(text), Number.POSITIVE_INFINITY) : print(text)
  const report = (text: string): void => message(errors, text)
  const log = await logTo(accessLog, 'the access log', report)
  const connections = await logTo(connectionLog, 'the connection log', report)
  const checks = await logTo(healthCheckLog, 'the health check log', report)
  let functions = new FunctionLines(new Map(), paint, isTerminal)
  return {
    paint,
    print: (text) => message(own, text),
    error: (text) => message(errors, text),
    relay(line, name, requestId) {
      if (logFormat === 'json') {
        lines(lineAsJson(name, line, requestId), Number.POSITIVE_INFINITY)
      } else lines(logFormat === 'pretty' ? functions.shown(name, line) : line, most)
    },
    platform: (text) => logFormat === 'lambda' && lines(text, Number.POSITIVE_INFINITY),
    exchange(entry, initMs, routed) {
      if (logFormat === 'json') {
        lines(requestAsJson(entry, initMs, routed), Number.POSITIVE_INFINITY)
      } else own(requestLine(entry, initMs, paint, routed))
      log.write(formatAccessLog(entry))
    },
    connection: (entry) => connections.write(formatConnectionLog(entry)),
    healthCheck: (entry) => checks.write(formatHealthCheckLog(entry)),
    serves(names) {
      functions = new FunctionLines(shortNames(names), paint, isTerminal)
    },
    async close() {
      await Promise.all([log, connections, checks].map((each) => each.close()))
    },
  }
}

async function logTo(
  path: string | undefined,
  name: string,
  report: (text: string) => void,
): Promise<Pick<LogFile, 'close' | 'write'>> {
  if (path !== undefined && path !== '-') return LogFile.open(path, name, report)
  const write = (line: string): void => {
    if (path === '-') standardOutput.write(`${line}\n`)
  }
  return { write, close: async () => {} }
}

/** Nothing but colours gets through to the terminal, and no colours where there are none. */
function printerTo(
  output: Output,
  stream: { readonly isTTY?: boolean },
): (text: string, most?: number) => void {
  const hasColours = paintFor(stream, process.env) !== plain
  return (text, most = mostCharacters) => {
    const lines = text.split('\n').map((line) => printableInColours(line, { hasColours, most }))
    output.write(`${lines.join('\n')}\n${stream.isTTY ? hint.after(text) : ''}`)
  }
}
