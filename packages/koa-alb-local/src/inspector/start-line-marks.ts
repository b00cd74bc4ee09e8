import type { Difference, DifferenceKey } from '../differences/difference.ts'
import type { Mark } from './mark.ts'

/** What of the request target does not arrive as it stands in the start line, which may have masks. */
export function startLineMarks(startLine: string, differences: readonly Difference[]): Mark[] {
  const difference = (key: DifferenceKey): Difference | undefined =>
    differences.find((each) => each.key === key)
  const part = 'request'
  const path = ['startLine']
  const marks: Mark[] = []
  const ofAll = (key: DifferenceKey, change: Mark['change'], text: string): void => {
    if (difference(key)) marks.push({ part, path, change, text, key })
  }
  const repeated = difference('repeated-query-keys')?.names ?? []
  const bare = difference('keys-without-equals')?.names ?? []
  const hasEmpty = difference('empty-query-pairs') !== undefined
  const pairs = pairsOf(startLine)
  for (const [index, { key, from, to, isBare }] of pairs.entries()) {
    const isLast = pairs.findLastIndex((each) => each.key === key) === index
    const at = { part, path, from, to } as const
    if (from === to) {
      // The mark before it says where it is.
      const empty = { ...at, from: from - 1, change: 'lost', text: 'empty pair lost' } as const
      if (hasEmpty) marks.push({ ...empty, key: 'empty-query-pairs' })
    } else if (repeated.includes(key) && !isLast) {
      marks.push({ ...at, change: 'lost', text: 'lost', key: 'repeated-query-keys' })
    } else if (isBare && bare.includes(key)) {
      const text = 'arrives with an equals sign'
      marks.push({ ...at, change: 'changed', text, key: 'keys-without-equals' })
    }
  }
  ofAll('sorted-query-keys', 'sorted', 'keys arrive sorted')
  ofAll('absolute-targets', 'changed', 'arrives as path and host')
  return marks
}

interface Pair {
  readonly key: string
  readonly from: number
  readonly to: number
  readonly isBare: boolean
}

function pairsOf(startLine: string): Pair[] {
  const end = startLine.lastIndexOf(' ')
  const mark = startLine.indexOf('?')
  if (mark < 0 || mark > end) return []
  let from = mark + 1
  return startLine
    .slice(from, end)
    .split('&')
    .map((text) => {
      const equals = text.indexOf('=')
      const key = equals < 0 ? text : text.slice(0, equals)
      const pair = { key, from, to: from + text.length, isBare: equals < 0 }
      from = pair.to + 1
      return pair
    })
}
