import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eventsUsage, parseEventsArguments } from './arguments/replay-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
import { sampleEvents } from './sample-events.ts'
import { standardOutput } from './terminal/output.ts'
import { StartError } from './terminal/start-error.ts'

/** The command `events`: resolves with its exit code. */
export async function events(args: readonly string[]): Promise<number> {
  const parsed = parseEventsArguments(args)
  if (parsed !== 'help') return orCouldNotRun(() => writeEvents(parsed.folder))
  standardOutput.write(eventsUsage)
  return 0
}

async function writeEvents(folder: string): Promise<number> {
  const samples = sampleEvents()
  try {
    await mkdir(folder, { recursive: true })
    for (const { name, event } of samples) {
      await writeFile(join(folder, `${name}.json`), `${JSON.stringify(event, null, 2)}\n`)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new StartError(`${folder} cannot be written: ${reason}`)
  }
  standardOutput.write(`${samples.length} events in ${folder}\n`)
  return 0
}
