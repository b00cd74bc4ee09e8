import { printable } from '../log/printable.ts'
import { type NamedEvent, readEvents } from '../replay/read-events.ts'
import { standardError } from './terminal/output.ts'

/** The events in files and folders; what of them cannot be sent is told. @throws UnreadableEvents */
export function savedEvents(paths: readonly string[]): Promise<NamedEvent[]> {
  return readEvents(paths, (line) => standardError.write(`${printable(line)}\n`))
}
