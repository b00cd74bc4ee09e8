import { formatAccessLog } from '../../log/access-log.ts'
import type { LogEntry } from '../../log/log.ts'
import { printableInColours } from '../../log/printable.ts'
import { LogFile } from './log-file.ts'
import { type Output, standardError, standardOutput } from './output.ts'
import { type Paint, paintFor, plain } from './request-line.ts'

// What is cut at 300 characters may be indented.
const mostCharacters = 320

/** Where the command line writes. */
export interface Terminal {
  readonly paint: Paint
  print(text: string): void
  error(text: string): void
  /** Prints a line that a function wrote. */
  relay(line: string): void
  /** Writes the entry to the access log, if there is one. */
  logAccess(entry: LogEntry): void
  close(): Promise<void>
}

interface Options {
  readonly accessLog: string | undefined
  /** Whether functions may write lines of any length. */
  readonly longLines: boolean
}

/**
 * Standard output for people; it is left to the access log alone when that goes there.
 * @throws StartError when the access log cannot be opened
 */
export async function openTerminal({ accessLog, longLines }: Options): Promise<Terminal> {
  const isLogOnly = accessLog === '-'
  const stream = isLogOnly ? process.stderr : process.stdout
  const print = printerTo(isLogOnly ? standardError : standardOutput, stream)
  const error = printerTo(standardError, process.stderr)
  const isCut = stream.isTTY === true && !longLines
  const file =
    accessLog === undefined || isLogOnly
      ? undefined
      : await LogFile.open(accessLog, (text) => error(text))
  const log = (line: string): void => {
    if (isLogOnly) standardOutput.write(`${line}\n`)
    else file?.write(line)
  }
  return {
    paint: paintFor(stream, process.env),
    print: (text) => print(text),
    error: (text) => error(text),
    relay: (line) => print(line, isCut ? mostCharacters : Number.POSITIVE_INFINITY),
    logAccess: (entry) => log(formatAccessLog(entry)),
    close: async () => file?.close(),
  }
}

/** Nothing but colours gets through to the terminal, and no colours where there are none. */
function printerTo(
  output: Output,
  stream: { readonly isTTY?: boolean },
): (text: string, most?: number) => void {
  const hasColours = paintFor(stream, process.env) !== plain
  return (text, most = mostCharacters) => {
    const lines = text.split('\n').map((line) => printableInColours(line, { hasColours, most }))
    output.write(`${lines.join('\n')}\n`)
  }
}
