import { parseOptions } from './parse-options.ts'
import { UsageError } from './usage-error.ts'

const exitCodes = `
Exit codes:
  0    as expected
  1    a load balancer refuses an answer, or answers differ
  2    could not run
`

const sources = `Events are files and folders: an event as JSON, several, a HAR, lines of a log.`

export const replayUsage = `Usage: koa-alb-local replay <handler file> <events...> [options]

Runs events through a handler, and prints the answers as a client gets them.
${sources}

Options:
  --handler <export>   The handler in the file, default handler
  --expect <folder>    Compare with the answers that are recorded there
  --update             Record them
  --ignore <field>     A header field not to compare, besides date and request ids; repeatable
${exitCodes}`

export const compareUsage = `Usage: koa-alb-local compare <old file> <new file> [options]

Runs each event through two handlers, in both header modes, and prints what a
client would see differ, and why where that is documented: what the old handler
loses or changes, and the new one does not.
${sources}

Options:
  --events <path>      Where the events are, default sample events; repeatable
  --path <path>        Sample events for this path of the app, default /; repeatable
  --handler <export>   The handler in both files, default handler
  --ignore <field>     A header field not to compare, besides date and request ids; repeatable
  --format <name>      text (default) or json

Exit codes:
  0    the same for a client, or different as documented
  1    different unexpectedly
  2    could not run
`

export const eventsUsage = `Usage: koa-alb-local events [<folder>]

Writes sample events of a load balancer in both header modes, default to events.
`

const help = { help: { type: 'boolean', short: 'h' } } as const
const common = {
  handler: { type: 'string' },
  ignore: { type: 'string', multiple: true },
  ...help,
} as const
const replayConfig = {
  ...common,
  expect: { type: 'string' },
  update: { type: 'boolean' },
} as const
const compareConfig = {
  ...common,
  events: { type: 'string', multiple: true },
  path: { type: 'string', multiple: true },
  format: { type: 'string' },
} as const

interface Common {
  readonly handler: string | undefined
  /** In lower case. */
  readonly ignored: readonly string[]
  readonly events: readonly string[]
}

export interface ReplayArguments extends Common {
  readonly file: string
  readonly expected: string | undefined
  readonly isUpdate: boolean
}

export interface CompareArguments extends Common {
  /** For which there are to be sample events. */
  readonly paths: readonly string[]
  readonly before: string
  readonly after: string
  readonly format: 'text' | 'json'
}

/** @throws UsageError */
export function parseReplayArguments(args: readonly string[]): ReplayArguments | 'help' {
  const { values, positionals } = parseOptions(args, replayConfig)
  if (values.help) return 'help'
  const [file, ...events] = positionals
  if (file === undefined || events.length === 0) {
    throw new UsageError('replay takes a handler file, and behind it files or folders of events')
  }
  const { handler, expect: expected, update: isUpdate = false } = values
  if (isUpdate && expected === undefined) {
    throw new UsageError('--update needs --expect <folder>, where the answers are recorded')
  }
  return { file, events, handler, expected, isUpdate, ignored: lowered(values.ignore) }
}

/** @throws UsageError */
export function parseCompareArguments(args: readonly string[]): CompareArguments | 'help' {
  const { values, positionals } = parseOptions(args, compareConfig)
  if (values.help) return 'help'
  const [before, after, ...others] = positionals
  if (before === undefined || after === undefined || others.length > 0) {
    throw new UsageError('compare takes two handler files')
  }
  const { events = [], path: paths = [], handler, format = 'text' } = values
  if (format !== 'text' && format !== 'json') {
    throw new UsageError(`--format must be text or json, not '${format}'`)
  }
  const wrong = paths.find((each) => !/^\/[^?#]*$/.test(each))
  if (wrong !== undefined) {
    throw new UsageError(`--path begins with / and has no query, got '${wrong}'`)
  }
  return { before, after, events, paths, handler, format, ignored: lowered(values.ignore) }
}

/** The folder that is written to. @throws UsageError */
export function parseEventsArguments(args: readonly string[]): { folder: string } | 'help' {
  const { values, positionals } = parseOptions(args, help)
  if (values.help) return 'help'
  if (positionals.length > 1) throw new UsageError('events takes one folder')
  return { folder: positionals[0] ?? 'events' }
}

function lowered(names: readonly string[] = []): string[] {
  return names.map((name) => name.toLowerCase())
}
