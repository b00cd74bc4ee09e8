import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join, relative } from 'node:path'
import { Refusal } from '../answer/refusal.ts'
import { type HarEntry, readHar } from '../inspector/read-har.ts'
import { type HeaderMode, headerModes, modeOf } from '../invocation/header-mode.ts'
import type { AlbEvent } from '../types.ts'
import { requestEvent } from './request-event.ts'

/** An event to be sent, with a name that no other has. */
export interface NamedEvent {
  readonly name: string
  /** `GET /path`. */
  readonly title: string
  readonly mode: HeaderMode
  readonly event: AlbEvent
}

/** There is nothing to be sent: the message says where. */
export class UnreadableEvents extends Error {
  override readonly name = 'UnreadableEvents'
}

const extensions = ['.json', '.har', '.log', '.txt', '.csv', '.ndjson', '.jsonl']

/**
 * The events in files and folders: an event, several, a HAR, or lines of a log in which events stand.
 * A request of a HAR becomes an event in each mode; an event keeps the mode it was recorded in.
 * @param tell is given what cannot be sent
 * @throws UnreadableEvents
 */
export async function readEvents(
  paths: readonly string[],
  tell: (line: string) => void,
): Promise<NamedEvent[]> {
  const found: NamedEvent[] = []
  const names = new Set<string>()
  for (const path of paths) {
    const files = (await filesOf(path)).map(async (file) => eventsOfFile(file, path))
    const read = await Promise.all(files)
    for (const line of read.flatMap(({ leftOut }) => leftOut)) tell(line)
    const all = read.flatMap(({ events }) => events)
    if (all.length === 0) throw new UnreadableEvents(`${path} has no event of a load balancer`)
    for (const { name, event } of all) {
      let unused = name
      for (let count = 2; names.has(unused); count += 1) unused = `${name}-${count}`
      names.add(unused)
      const title = `${event.httpMethod} ${event.path}`
      found.push({ name: unused, title, mode: modeOf(event), event })
    }
  }
  return found
}

async function filesOf(path: string): Promise<string[]> {
  const failed = failedReading(path)
  if (!(await stat(path).catch(failed)).isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(failed)
  return entries
    .filter((entry) => !entry.isDirectory() && extensions.includes(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function failedReading(path: string): (error: Error) => never {
  return (error) => {
    throw new UnreadableEvents(`${path} cannot be read: ${error.message}`)
  }
}

interface ReadFile {
  readonly events: readonly Pick<NamedEvent, 'name' | 'event'>[]
  /** How many requests of it cannot be sent, and why, a line for each reason. */
  readonly leftOut: readonly string[]
}

async function eventsOfFile(file: string, path: string): Promise<ReadFile> {
  // A HAR may have a byte order mark, and its readers are to pass over it.
  const text = (await readFile(file, 'utf8').catch(failedReading(file))).replace(/^\ufeff/, '')
  const shown = file === path ? basename(file) : relative(path, file)
  const base = shown.slice(0, shown.length - extname(shown).length)
  const { requests, problems } = eventsOfText(text, shown)
  const events = requests.flatMap((all, index) => {
    const number = requests.length > 1 ? `-${index + 1}` : ''
    const name = base.replace(/[^\w.-]+/g, '-') + number
    if (all.length === 1) return all.map((event) => ({ name, event }))
    return all.map((event) => ({ name: `${name}.${modeOf(event)}`, event }))
  })
  return { events, leftOut: linesOf(problems, shown) }
}

function linesOf(problems: readonly string[], shown: string): string[] {
  return [...new Set(problems)].map((problem) => {
    const { length } = problems.filter((each) => each === problem)
    return `${shown}: ${length === 1 ? '1 request is' : `${length} requests are`} left out: ${problem}`
  })
}

interface Requests {
  /** A list for each request: its events in different modes. */
  readonly requests: readonly (readonly AlbEvent[])[]
  readonly problems: readonly string[]
}

function eventsOfText(text: string, shown: string): Requests {
  const value = parsed(text)
  const alone = (events: AlbEvent[]): Requests => {
    return { requests: events.map((event) => [event]), problems: [] }
  }
  if (value === undefined) return alone(text.split('\n').flatMap((line) => eventsIn(line)))
  if (!Array.isArray(Object(Object(value).log).entries)) return alone(eventsIn(value))
  try {
    return eventsOfHar(readHar(value))
  } catch (error) {
    throw new UnreadableEvents(`${shown}: ${error instanceof Error ? error.message : error}`)
  }
}

function eventsOfHar(entries: readonly HarEntry[]): Requests {
  const requests: AlbEvent[][] = []
  const problems: string[] = []
  for (const entry of entries) {
    try {
      if ('problem' in entry) problems.push(entry.problem)
      else requests.push(headerModes.map((mode) => requestEvent(entry, mode)))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      problems.push(error.message)
    }
  }
  return { requests, problems }
}

// Logs have events in messages, in fields of JSON, or behind a time and a request id.
function eventsIn(value: unknown, levels = 6): AlbEvent[] {
  if (isEvent(value)) return [value]
  if (levels === 0) return []
  if (typeof value === 'string') {
    const part = value.slice(value.indexOf('{'), value.lastIndexOf('}') + 1)
    // A table has its quotes twice.
    const inner = parsed(part) ?? parsed(part.replaceAll('""', '"'))
    return inner === undefined ? [] : eventsIn(inner, levels - 1)
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((each) => eventsIn(each, levels - 1))
}

function isEvent(value: unknown): value is AlbEvent {
  const { httpMethod, path, requestContext, headers, multiValueHeaders } = Object(value)
  const isObject = (part: unknown): boolean => typeof part === 'object' && part !== null
  return (
    typeof httpMethod === 'string' &&
    typeof path === 'string' &&
    isObject(Object(requestContext).elb) &&
    (isObject(headers) || isObject(multiValueHeaders))
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
