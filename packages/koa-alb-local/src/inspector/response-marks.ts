import type { DifferenceKey } from '../differences/difference.ts'
import type { RecordedExchange } from '../inspection/recorded-exchange.ts'
import type { HeaderLine } from '../types.ts'
import type { Mark } from './mark.ts'

type Found = Pick<Mark, 'change' | 'text' | 'key'>
type Fields = Readonly<Record<string, unknown>>

/** Where the document and the response of an exchange are not the same. */
export function responseMarks(exchange: RecordedExchange): Mark[] {
  const { document, response, entry, targetGroup, differences } = exchange
  // An error page has nothing of the document.
  if (!document || document.isCut || !response || entry?.detail !== undefined) return []
  const fields: Fields = Object(parsed(document.text))
  const names = (key: DifferenceKey): readonly string[] =>
    differences.find((each) => each.key === key)?.names ?? []
  const isMulti = targetGroup?.multiValueHeaders === true
  const [used, other] = isMulti
    ? ['multiValueHeaders', 'headers']
    : ['headers', 'multiValueHeaders']
  const mark = (path: Mark['path'], found: Found): Mark => ({ part: 'document', path, ...found })
  const unread = [...names('unknown-document-fields'), ...names('unread-status-descriptions')]
  const hasNoBody = differences.some(({ key }) => key === 'responses-without-a-body')
  return [
    ...unread.map((name) => {
      const key =
        name === 'statusDescription' ? 'unread-status-descriptions' : 'unknown-document-fields'
      return mark([name], { change: 'ignored', text: 'ignored', key })
    }),
    ...(hasNoBody
      ? [mark(['body'], { change: 'dropped', text: 'not sent', key: 'responses-without-a-body' })]
      : []),
    ...usedMarks(used, Object(fields[used]), names),
    ...otherMarks(other, Object(fields[other]), response.lines, names),
    ...lineMarks(Object(fields[used]), response.lines, names),
  ]
}

type Names = (key: DifferenceKey) => readonly string[]

function usedMarks(field: string, headers: Fields, names: Names): Mark[] {
  return Object.keys(headers).flatMap((name) => {
    const found = ofUsed(name.toLowerCase(), names)
    return found ? [{ part: 'document' as const, path: [field, name], ...found }] : []
  })
}

function ofUsed(name: string, names: Names): Found | undefined {
  if (names('hop-by-hop-fields').includes(name)) {
    return { change: 'dropped', text: 'not sent', key: 'hop-by-hop-fields' }
  }
  if (names('computed-content-length').includes(name)) {
    return { change: 'replaced', text: 'computed anew', key: 'computed-content-length' }
  }
  if (names('changed-response-headers').includes(name)) {
    return { change: 'replaced', text: 'replaced', key: 'changed-response-headers' }
  }
  if (names('header-fields-of-the-other-mode').includes(name)) {
    const text = 'all that is sent of them'
    return { change: 'reduced', text, key: 'header-fields-of-the-other-mode' }
  }
  return undefined
}

/** Of the field that is not read: the values that went nowhere, or all of it. */
function otherMarks(
  field: string,
  headers: Fields,
  sent: readonly HeaderLine[],
  names: Names,
): Mark[] {
  const key = 'header-fields-of-the-other-mode'
  return Object.entries(headers).flatMap(([name, value]): Mark[] => {
    const lowerName = name.toLowerCase()
    if (!names(key).includes(lowerName)) return []
    const values = sent.filter(([each]) => each.toLowerCase() === lowerName).map(([, of]) => of)
    const all: unknown[] = Array.isArray(value) ? value : []
    const lost = all.flatMap((each, index) => (values.includes(String(each)) ? [] : [index]))
    const mark = { part: 'document', key } as const
    if (values.length === 0 || lost.length === 0) {
      return [{ ...mark, path: [field, name], change: 'ignored', text: 'ignored' }]
    }
    return lost.map((index) => {
      return { ...mark, path: [field, name, index], change: 'lost', text: 'lost' }
    })
  })
}

function lineMarks(headers: Fields, sent: readonly HeaderLine[], names: Names): Mark[] {
  const returned = Object.keys(headers).map((name) => name.toLowerCase())
  return sent.flatMap(([sentName], index) => {
    const name = sentName.toLowerCase()
    const found = ofSent(name, returned.includes(name), names)
    return found ? [{ part: 'response' as const, path: ['lines', index], ...found }] : []
  })
}

function ofSent(name: string, isReturned: boolean, names: Names): Found | undefined {
  const added = { change: 'added', text: 'added by the load balancer' } as const
  if (names('missing-content-types').includes(name))
    return { ...added, key: 'missing-content-types' }
  if (names('computed-content-length').includes(name)) {
    return { change: 'replaced', text: 'computed', key: 'computed-content-length' }
  }
  if (names('changed-response-headers').includes(name)) {
    return { change: 'replaced', text: 'from the listener', key: 'changed-response-headers' }
  }
  return isReturned ? undefined : added
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
