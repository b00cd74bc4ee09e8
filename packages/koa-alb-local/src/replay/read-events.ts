import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join, relative } from 'node:path'
import { readHar } from '../inspector/read-har.ts'
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
 * @throws UnreadableEvents
 */
export async function readEvents(paths: readonly string[]): Promise<NamedEvent[]> {
  const found: NamedEvent[] = []
  const names = new Set<string>()
  for (const path of paths) {
    const events = (await filesOf(path)).map(async (file) => eventsOfFile(file, path))
    const all = (await Promise.all(events)).flat()
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
  const failed = (error: Error): never => {
    throw new UnreadableEvents(`${path} cannot be read: ${error.message}`)
  }
  if ((await stat(path).catch(failed)).isFile()) return [path]
  const entries = await readdir(path, { recursive: true }).catch(failed)
  return entries
    .filter((entry) => extensions.includes(extname(entry)))
    .sort()
    .map((entry) => join(path, entry))
}

type Found = Pick<NamedEvent, 'name' | 'event'>

async function eventsOfFile(file: string, path: string): Promise<Found[]> {
  const text = await readFile(file, 'utf8')
  const shown = file === path ? basename(file) : relative(path, file)
  const base = shown.slice(0, shown.length - extname(shown).length)
  const requests = eventsOfText(text, shown)
  return requests.flatMap((events, index) => {
    const number = requests.length > 1 ? `-${index + 1}` : ''
    const name = base.replace(/[^\w.-]+/g, '-') + number
    if (events.length === 1) return events.map((event) => ({ name, event }))
    return events.map((event) => ({ name: `${name}.${modeOf(event)}`, event }))
  })
}

/** A list for each request: its events in different modes. */
function eventsOfText(text: string, shown: string): AlbEvent[][] {
  const value = parsed(text)
  if (value === undefined) {
    return text.split('\n').flatMap((line) => eventsIn(line).map((event) => [event]))
  }
  if (!Array.isArray(Object(Object(value).log).entries)) {
    return eventsIn(value).map((event) => [event])
  }
  try {
    const requests = readHar(value).flatMap((entry) => ('request' in entry ? entry.request : []))
    return requests.map((each) => headerModes.map((mode) => requestEvent(each, mode)))
  } catch (error) {
    throw new UnreadableEvents(`${shown}: ${error instanceof Error ? error.message : error}`)
  }
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
