import { queryPairs } from '../request/query.ts'
import type { ReceivedHead } from '../request/received.ts'
import type { AlbEvent } from '../types.ts'
import { type Difference, difference, named } from './difference.ts'

interface Observed {
  readonly head: ReceivedHead
  readonly event: AlbEvent
  /** The query the event was made of. */
  readonly query: string | undefined
  readonly multiValueHeaders: boolean
}

/** What of the request is not in its event, or not as the client sent it. */
export function requestDifferences(observed: Observed): Difference[] {
  const { target } = observed.head
  const isAbsolute = !target.startsWith('/') && target !== '*'
  return [
    ...(isAbsolute
      ? [difference('absolute-targets', 'the absolute request target arrives as path and host')]
      : []),
    ...queryDifferences(observed),
    ...headerDifferences(observed),
  ]
}

function queryDifferences({ head, query = '', multiValueHeaders }: Observed): Difference[] {
  const found: Difference[] = []
  const parts = query.split('&')
  const pairs = queryPairs(query)
  const keys = pairs.map(([key]) => key)
  const repeated = repeatedIn(keys)
  if (repeated.length > 0 && !multiValueHeaders) {
    const text = `of query key ${named(repeated)} only the last value arrives: multi-value headers are off`
    found.push(difference('repeated-query-keys', text, repeated))
  }
  const bare = parts.filter((part) => part !== '' && !part.includes('='))
  if (bare.length > 0) {
    const text = `query key ${named(bare)} without an equals sign arrives with one`
    found.push(difference('keys-without-equals', text, bare))
  }
  const hasMark = head.target.endsWith('?') && query === ''
  if (hasMark || (query !== '' && parts.includes(''))) {
    found.push(difference('empty-query-pairs', 'the empty pairs of the query do not arrive'))
  }
  const sorted = keys.toSorted()
  if (keys.some((key, index) => key !== sorted[index])) {
    found.push(
      difference('sorted-query-keys', 'the keys of the query arrive sorted by their bytes'),
    )
  }
  return found
}

function headerDifferences(observed: Observed): Difference[] {
  const { head, event, multiValueHeaders } = observed
  const arrived = event.multiValueHeaders ?? event.headers ?? {}
  const lines = [...head.values].map(([name, values]) => {
    const filled = values.filter((value) => value !== '')
    return { name, values, filled, arrives: Object.hasOwn(arrived, name) }
  })
  const namesOf = (isMeant: (line: (typeof lines)[number]) => boolean): string[] =>
    lines.filter(isMeant).map(({ name }) => name)
  const found: Difference[] = []
  const add = (key: Difference['key'], names: readonly string[], text: string): void => {
    if (names.length === 0) return
    const sentence = text.replace('$', () => named(names))
    found.push(difference(key, sentence, names))
  }
  const repeated = namesOf(({ name, filled }) => filled.length > 1 && !joined.includes(name))
  const ofRepeated = 'of the header lines $ only the last one arrives: multi-value headers are off'
  if (!multiValueHeaders) add('repeated-header-lines', repeated, ofRepeated)
  const empty = namesOf(({ values, filled }) => filled.length < values.length)
  add('empty-header-lines', empty, 'header lines without a value do not arrive: $')
  const invalid = namesOf((line) => isMissing(line) && !/^[-a-z0-9]+$/.test(line.name))
  add('invalid-header-names', invalid, 'header lines with such names are dropped: $')
  const hostsLeft = [arrived.host ?? []].flat().length
  const hosts = namesOf(({ name, filled }) => name === 'host' && filled.length > hostsLeft)
  add('repeated-hosts', hosts, 'of several lines $ one arrives')
  const forwarded = namesOf(({ name, filled }) => name === 'x-forwarded-for' && filled.length > 1)
  add('forwarded-for-lines', forwarded, 'the lines $ arrive as one')
  const gone = (name: string): string[] => namesOf((line) => line.name === name && isMissing(line))
  add('forwarded-for-removed', gone('x-forwarded-for'), '$ is removed, as the attribute says')
  add('collected-chunks', gone('transfer-encoding'), 'the body arrives whole, with its length: $')
  add('ignored-expect', gone('expect'), '$ does not arrive')
  add('replaced-header-lines', replacedIn(observed), 'the load balancer writes $ itself')
  return found
}

interface Line {
  readonly name: string
  readonly filled: readonly string[]
  readonly arrives: boolean
}

// Several lines of these have a row of their own.
const joined: readonly string[] = ['host', 'x-forwarded-for']
const removed: readonly string[] = ['x-forwarded-for', 'transfer-encoding', 'expect']
// Every request has these changed, or they are what the client sent with something added.
const added: readonly string[] = ['host', 'x-forwarded-for', 'x-amzn-trace-id']

function isMissing({ filled, arrives }: Line): boolean {
  return filled.length > 0 && !arrives
}

function replacedIn({ head, event }: Observed): string[] {
  const arrived = event.multiValueHeaders ?? event.headers ?? {}
  return [...head.values]
    .filter(([name, values]) => {
      const sent = values.findLast((value) => value !== '')
      if (sent === undefined || added.includes(name)) return false
      // Of names that are valid, only what the listener or a sign-in writes can be missing.
      if (!Object.hasOwn(arrived, name)) return !removed.includes(name) && /^[-a-z0-9]+$/.test(name)
      return Buffer.from(sent, 'latin1').toString() !== lastOf(arrived[name])
    })
    .map(([name]) => name)
}

function lastOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.at(-1)
}

function repeatedIn(keys: readonly string[]): string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index)
}
