import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { callWithCallback, type Handler, takesCallbacks } from './callback.ts'
import { errorDocument } from './error-document.ts'

// The function may fake the global one.
const { setImmediate } = process.getBuiltinModule('node:timers')

type Event = Readonly<Record<string, unknown>>

// Times and the like in an answer may be others once, and the same again.
const timesTogether = 3

/** What one call came to: of an answer what tells it from others, of a failure the error. */
export type Settled =
  | { readonly status: unknown; readonly digest: string }
  | { readonly failure: string }

/** What is seen of a handler only in the process in which it runs. */
export interface HandlerReport {
  /** How many it declares. */
  readonly parameters: number
  /** Fields of an event that are others after the answer. */
  readonly changedFields: readonly string[]
  /** One event, the same object twice, and once more at the end. */
  readonly same: readonly Settled[]
  /** Another one. */
  readonly other: Settled
  /** Both at once, several times. */
  readonly together: readonly (readonly [same: Settled, other: Settled])[]
  /** What keeps a process and is there after an answer, but was not before, by its kind. */
  readonly left: readonly string[]
}

/** Calls the handler with two events in every way that tells of it. */
export async function handlerReport(
  handler: Handler,
  [one, two]: readonly [Event, Event],
  context: object,
): Promise<HandlerReport> {
  const call = (event: Event): Promise<Settled> => settle(handler, event, context)
  const event = structuredClone(one)
  const open = [openResources()]
  const first = await call(event)
  const changedFields = Object.keys({ ...one, ...event }).filter(
    (name) => !isDeepStrictEqual(event[name], one[name]),
  )
  open.push(await openAfterAnswer())
  const second = await call(event)
  open.push(await openAfterAnswer())
  const other = await call(structuredClone(two))
  const together: [Settled, Settled][] = []
  while (together.length < timesTogether) {
    together.push(await Promise.all([call(structuredClone(one)), call(structuredClone(two))]))
  }
  const same = [first, second, await call(structuredClone(one))]
  const { length: parameters } = handler
  return { parameters, changedFields, same, other, together, left: leftOf(open) }
}

async function settle(handler: Handler, event: Event, context: object): Promise<Settled> {
  try {
    const own = { callbackWaitsForEmptyEventLoop: false, ...context }
    const result = await (takesCallbacks(Number.parseInt(process.versions.node, 10)) ||
    handler.length > 2
      ? callWithCallback(handler, event, own)
      : handler(event, own))
    const text = JSON.stringify(result) ?? 'null'
    const status: unknown = Object(result).statusCode
    return { status, digest: createHash('sha256').update(text).digest('hex') }
  } catch (error) {
    const { errorType, errorMessage } = errorDocument(error)
    return { failure: `${errorType}: ${errorMessage}` }
  }
}

type Counts = ReadonlyMap<string, number>

function openResources(): Counts {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

// What an answer sets off and ends at once, such as the end of a stream, has ended then.
async function openAfterAnswer(): Promise<Counts> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  return openResources()
}

// A timer is for after the answer; connections may be kept for the next one, but not one more each time.
const lasting = ['TCPSocketWrap', 'TCPServerWrap', 'PipeWrap', 'UDPWrap', 'ProcessWrap', 'Worker']

function leftOf([before, afterFirst, afterSecond]: readonly Counts[]): string[] {
  const grown = (kind: string, from?: Counts, to?: Counts): boolean =>
    (to?.get(kind) ?? 0) > (from?.get(kind) ?? 0)
  const isTimed = grown('Timeout', before, afterFirst) || grown('Timeout', afterFirst, afterSecond)
  const kept = lasting.filter((kind) => grown(kind, afterFirst, afterSecond))
  return [...(isTimed ? ['Timeout'] : []), ...kept]
}
