import { headerModes, inMode } from '../invocation/header-mode.ts'
import { printable } from '../log/printable.ts'
import { changingFields, clientDifferences } from '../replay/client-differences.ts'
import { type NamedEvent, readEvents } from '../replay/read-events.ts'
import { replayed } from '../replay/replayed.ts'
import type { Target } from '../targets/target.ts'
import {
  type CompareArguments,
  compareUsage,
  parseCompareArguments,
} from './arguments/replay-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
import { loadHandler } from './replayed-handler.ts'
import { standardOutput } from './terminal/output.ts'

/** The command `compare`: resolves with its exit code. */
export async function compare(args: readonly string[]): Promise<number> {
  const parsed = parseCompareArguments(args)
  if (parsed !== 'help') return orCouldNotRun(() => compareFiles(parsed))
  standardOutput.write(compareUsage)
  return 0
}

async function compareFiles(args: CompareArguments): Promise<number> {
  const events = inBothModes(await readEvents(args.events))
  const before = await loadHandler(args.before, args.handler)
  try {
    const after = await loadHandler(args.after, args.handler)
    try {
      const ignored = new Set([...changingFields, ...args.ignored])
      return await compareAll(before.target, after.target, events, ignored)
    } finally {
      await after.close()
    }
  } finally {
    await before.close()
  }
}

async function compareAll(
  before: Target,
  after: Target,
  events: readonly NamedEvent[],
  ignored: ReadonlySet<string>,
): Promise<number> {
  let differing = 0
  for (const { name, title, mode, event } of events) {
    const old = await replayed(before, event)
    const now = await replayed(after, event)
    const lines = clientDifferences(old.response, now.response, ignored)
    if (lines.length === 0) continue
    differing += 1
    if (old.refusal !== undefined) lines.push(`old is refused: ${old.refusal}`)
    if (now.refusal !== undefined) lines.push(`new is refused: ${now.refusal}`)
    write([`${name}: ${title} (${mode})`, ...lines.map((line) => `  ${line}`)])
  }
  write([`${events.length} events, ${differing} answered differently`])
  return differing > 0 ? 1 : 0
}

/** Each event in each mode, once. */
function inBothModes(events: readonly NamedEvent[]): NamedEvent[] {
  const all = new Map<string, NamedEvent>()
  for (const named of events) {
    for (const mode of headerModes) {
      const event = inMode(named.event, mode)
      const text = JSON.stringify(event)
      if (!all.has(text)) all.set(text, { ...named, mode, event })
    }
  }
  return [...all.values()]
}

function write(lines: readonly string[]): void {
  standardOutput.write(`${lines.map(printable).join('\n')}\n`)
}
