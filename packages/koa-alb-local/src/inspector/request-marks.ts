import type { DifferenceKey } from '../differences/difference.ts'
import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { AlbEvent, HeaderLine } from '../types.ts'
import type { Mark } from './mark.ts'

type Names = (key: DifferenceKey) => readonly string[]
type Found = Pick<Mark, 'change' | 'text' | 'key'>

/** What of a header line becomes of it, by the difference that names its field. */
const ofFields: Readonly<Partial<Record<DifferenceKey, Omit<Found, 'key'>>>> = {
  'invalid-header-names': { change: 'lost', text: 'lost' },
  'forwarded-for-removed': { change: 'lost', text: 'removed' },
  'ignored-expect': { change: 'lost', text: 'lost' },
  'collected-chunks': { change: 'replaced', text: 'replaced by content-length' },
  'forwarded-for-lines': { change: 'joined', text: 'joined' },
  'replaced-header-lines': { change: 'replaced', text: 'replaced' },
}

/** Where the request and the event of an exchange are not the same. */
export function requestMarks({ request, event, differences }: RecordedExchange): Mark[] {
  if (!event) return []
  const names: Names = (key) => differences.find((each) => each.key === key)?.names ?? []
  return [
    ...lineMarks(request.lines, names),
    ...headerMarks(request.lines, event, names),
    ...queryMarks(event, differences, names),
  ]
}

function lineMarks(lines: readonly HeaderLine[], names: Names): Mark[] {
  return lines.flatMap((line, index) => {
    const found = ofLine(lines, index, names) ?? renamed(line)
    return found ? [{ part: 'request' as const, path: ['lines', index], ...found }] : []
  })
}

function ofLine(lines: readonly HeaderLine[], index: number, names: Names): Found | undefined {
  const [sentName = '', value] = lines[index] ?? []
  const name = sentName.toLowerCase()
  const isSame = ([each, content]: HeaderLine): boolean =>
    each.toLowerCase() === name && content !== ''
  const lost = (key: DifferenceKey): Found => ({ change: 'lost', text: 'lost', key })
  if (value === '' && names('empty-header-lines').includes(name)) return lost('empty-header-lines')
  if (names('repeated-header-lines').includes(name) && lines.findLastIndex(isSame) !== index) {
    return lost('repeated-header-lines')
  }
  if (names('repeated-hosts').includes(name) && lines.findIndex(isSame) !== index) {
    return lost('repeated-hosts')
  }
  return ofField(name, names)
}

function ofField(name: string, names: Names): Found | undefined {
  for (const [each, found] of Object.entries(ofFields)) {
    // The keys of `ofFields`.
    const key = each as DifferenceKey
    if (names(key).includes(name)) return { ...found, key }
  }
  return undefined
}

function renamed([name]: HeaderLine): Found | undefined {
  const arrives = name.toLowerCase()
  return arrives === name ? undefined : { change: 'renamed', text: `renamed to ${arrives}` }
}

function headerMarks(lines: readonly HeaderLine[], event: AlbEvent, names: Names): Mark[] {
  const field = event.multiValueHeaders ? 'multiValueHeaders' : 'headers'
  return Object.entries(event[field] ?? {}).flatMap(([name, value]) => {
    const sent = lines.filter(([each, of]) => each.toLowerCase() === name && of !== '')
    const found = ofHeader(name, sent, [value ?? []].flat(), names)
    return found ? [{ part: 'event' as const, path: [field, name], ...found }] : []
  })
}

function ofHeader(
  name: string,
  sent: readonly HeaderLine[],
  arrived: readonly string[],
  names: Names,
): Found | undefined {
  if (sent.length === 0) return { change: 'added', text: 'added by the load balancer' }
  const key = 'repeated-header-lines'
  if (names(key).includes(name)) {
    return { change: 'reduced', text: `the last of ${sent.length} lines`, key }
  }
  const found = ofField(name, names)
  if (found) return found
  const values = sent.map(([, value]) => Buffer.from(value, 'latin1').toString())
  return values.at(-1) === arrived.at(-1)
    ? undefined
    : { change: 'changed', text: 'changed by the load balancer' }
}

function queryMarks(
  event: AlbEvent,
  differences: RecordedExchange['differences'],
  names: Names,
): Mark[] {
  const field = event.multiValueQueryStringParameters
    ? 'multiValueQueryStringParameters'
    : 'queryStringParameters'
  const marks: Mark[] = []
  const add = (path: readonly string[], found: Found): void => {
    marks.push({ part: 'event', path: [field, ...path], ...found })
  }
  if (differences.some(({ key }) => key === 'sorted-query-keys')) {
    add([], { change: 'sorted', text: 'sorted', key: 'sorted-query-keys' })
  }
  for (const name of Object.keys(event[field] ?? {})) {
    const repeated = 'repeated-query-keys'
    const bare = 'keys-without-equals'
    if (names(repeated).includes(name)) {
      add([name], { change: 'reduced', text: 'the last of its values', key: repeated })
    } else if (names(bare).includes(name)) {
      add([name], { change: 'changed', text: 'as if it had an equals sign', key: bare })
    }
  }
  return marks
}
