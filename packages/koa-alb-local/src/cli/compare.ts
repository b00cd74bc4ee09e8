import { headerModes, inMode } from '../invocation/header-mode.ts'
import { changingFields } from '../replay/client-differences.ts'
import { type ComparedEvent, comparedEvent, countsIn } from '../replay/comparison.ts'
import { comparisonText } from '../replay/comparison-text.ts'
import type { NamedEvent } from '../replay/read-events.ts'
import { replayed } from '../replay/replayed.ts'
import { wholeEvent } from '../replay/whole-event.ts'
import type { Target } from '../targets/target.ts'
import {
  type CompareArguments,
  compareUsage,
  parseCompareArguments,
} from './arguments/replay-options.ts'
import { orCouldNotRun } from './could-not-run.ts'
import { loadHandler } from './replayed-handler.ts'
import { sampleEvents } from './sample-events.ts'
import { savedEvents } from './saved-events.ts'
import { standardOutput } from './terminal/output.ts'
import { ownVersion } from './version.ts'

/** The command `compare`: resolves with its exit code. */
export async function compare(args: readonly string[]): Promise<number> {
  const parsed = parseCompareArguments(args)
  if (parsed !== 'help') return orCouldNotRun(() => compareFiles(parsed))
  standardOutput.write(compareUsage)
  return 0
}

async function compareFiles(args: CompareArguments): Promise<number> {
  const events = await comparedEvents(args)
  const comparison = {
    version: 1,
    tool: { name: 'koa-alb-local', version: await ownVersion() },
    old: args.before,
    new: args.after,
    events,
  } as const
  const isJson = args.format === 'json'
  const json = (): string => `${JSON.stringify(comparison, null, 2)}\n`
  standardOutput.write(isJson ? json() : comparisonText(comparison))
  return countsIn(events).unexpected > 0 ? 1 : 0
}

async function comparedEvents(args: CompareArguments): Promise<ComparedEvent[]> {
  const hasSamples = args.paths.length > 0 || args.events.length === 0
  const samples = hasSamples ? sampleEvents(args.paths.length > 0 ? args.paths : ['/']) : []
  const events = inBothModes([...samples, ...(await savedEvents(args.events))])
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
): Promise<ComparedEvent[]> {
  const all: ComparedEvent[] = []
  for (const named of events) {
    const { event } = named
    const answers = {
      event,
      old: await replayed(before, event),
      now: await replayed(after, event),
    }
    all.push(comparedEvent(named, answers, ignored))
  }
  return all
}

const modeAtEnd = /\.(single|multi)$/

/** Each event in each mode, once. What is there in a file for each mode is taken from it. */
function inBothModes(events: readonly NamedEvent[]): NamedEvent[] {
  const names = new Set(events.map(({ name }) => name))
  const all = new Map<string, NamedEvent>()
  for (const named of events) {
    const name = named.name.replace(modeAtEnd, '')
    for (const mode of headerModes) {
      const twin = `${name}.${mode}`
      if (mode !== named.mode && twin !== named.name && names.has(twin)) continue
      const event = inMode(wholeEvent(named.event), mode)
      const text = JSON.stringify(event)
      if (!all.has(text)) all.set(text, { ...named, name, mode, event })
    }
  }
  return [...all.values()]
}
