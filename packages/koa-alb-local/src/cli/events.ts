import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { questionsFor } from '../doctor/questions.ts'
import { tellingEvent } from '../doctor/telling-event.ts'
import { headerModes } from '../invocation/header-mode.ts'
import { eventsUsage, parseEventsArguments } from './arguments/replay-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
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
  const questions = questionsFor('/')
  try {
    await mkdir(folder, { recursive: true })
    for (const question of questions) {
      const name = question.about.replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '')
      for (const mode of headerModes) {
        const text = JSON.stringify(tellingEvent(question, mode), null, 2)
        await writeFile(join(folder, `${name}.${mode}.json`), `${text}\n`)
      }
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : error
    throw new StartError(`${folder} cannot be written: ${reason}`)
  }
  standardOutput.write(`${questions.length * headerModes.length} events in ${folder}\n`)
  return 0
}
