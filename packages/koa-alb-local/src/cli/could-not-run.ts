import { printableLines } from '../log/printable.ts'
import { UnreadableEvents } from '../replay/read-events.ts'
import { standardError } from './terminal/output.ts'
import { StartError } from './terminal/start-error.ts'

/** The exit code of the command, which is 2 when it has nothing to work with. */
export async function orCouldNotRun(command: () => Promise<number>): Promise<number> {
  try {
    return await command()
  } catch (error) {
    if (!(error instanceof StartError || error instanceof UnreadableEvents)) throw error
    standardError.write(`${printableLines(error.message)}\n`)
    return 2
  }
}
