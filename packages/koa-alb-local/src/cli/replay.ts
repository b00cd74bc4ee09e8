import { isUtf8 } from 'node:buffer'
import { printable } from '../log/printable.ts'
import { changingFields, clientDifferences, differenceLine } from '../replay/client-differences.ts'
import type { NamedEvent } from '../replay/read-events.ts'
import { type Replayed, replayed } from '../replay/replayed.ts'
import { readSnapshot, writeSnapshot } from '../replay/snapshot.ts'
import {
  parseReplayArguments,
  type ReplayArguments,
  replayUsage,
} from './arguments/replay-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
import { loadHandler } from './replayed-handler.ts'
import { savedEvents } from './saved-events.ts'
import { standardOutput } from './terminal/output.ts'

/** The command `replay`: resolves with its exit code. */
export async function replay(args: readonly string[]): Promise<number> {
  const parsed = parseReplayArguments(args)
  if (parsed !== 'help') return orCouldNotRun(() => replayAll(parsed))
  standardOutput.write(replayUsage)
  return 0
}

async function replayAll(args: ReplayArguments): Promise<number> {
  const ignored = new Set([...changingFields, ...args.ignored])
  const events = await savedEvents(args.events)
  const { target, close } = await loadHandler(args.file, args.handler)
  let failures = 0
  try {
    for (const named of events) {
      const result = await replayed(target, named.event)
      const { lines, isFailure } =
        args.expected === undefined
          ? { lines: answerLines(result), isFailure: result.refusal !== undefined }
          : await judged(args.expected, named, result, args.isUpdate, ignored)
      if (isFailure) failures += 1
      if (args.expected === undefined || lines.length > 0) write([headline(named), ...lines])
    }
  } finally {
    await close()
  }
  const said = args.expected === undefined ? 'refused' : 'not as expected'
  write([`${events.length} events, ${failures} ${said}`])
  return failures > 0 ? 1 : 0
}

async function judged(
  folder: string,
  { name }: NamedEvent,
  { response, refusal }: Replayed,
  isUpdate: boolean,
  ignored: ReadonlySet<string>,
): Promise<{ lines: string[]; isFailure: boolean }> {
  if (isUpdate) {
    await writeSnapshot(folder, name, response, ignored)
    return { lines: [], isFailure: false }
  }
  const expected = await readSnapshot(folder, name)
  if (!expected) return { lines: ['  no answer is recorded: --update'], isFailure: true }
  const differences = clientDifferences(expected, response, ignored).map(differenceLine)
  if (differences.length > 0 && refusal !== undefined) differences.push(`refused: ${refusal}`)
  return { lines: differences.map((line) => `  ${line}`), isFailure: differences.length > 0 }
}

function headline({ name, title, mode }: NamedEvent): string {
  return `${name}: ${title} (${mode})`
}

function answerLines({ response, refusal }: Replayed): string[] {
  const { status, phrase, lines, body } = response
  const text = isUtf8(body) ? body.toString() : `<${body.length} bytes>`
  return [
    ...(refusal === undefined ? [] : [`refused: ${refusal}`]),
    `HTTP/1.1 ${status} ${phrase}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    ...(text === '' ? [] : [...text.replace(/\r?\n$/, '').split(/\r?\n/), '']),
  ]
}

function write(lines: readonly string[]): void {
  standardOutput.write(`${lines.map(printable).join('\n')}\n`)
}
