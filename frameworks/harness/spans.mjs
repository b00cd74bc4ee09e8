import { masked } from './comparable.mjs'

export const masks = [[/127\.0\.0\.1:\d+/g, '<server>']]

/**
 * Spans as trees. Each is `{ id, parent, shown }`; what is compared is what it shows and where it
 * stands. Those side by side are in the order of their text: many begin within one millisecond.
 */
export function trees(spans) {
  const ids = new Set(spans.map(({ id }) => id))
  const childrenOf = (parent) =>
    sorted(
      spans
        .filter((span) => (parent === undefined ? !ids.has(span.parent) : span.parent === parent))
        .map(({ id, shown }) => {
          const children = childrenOf(id)
          return children.length > 0 ? { ...shown, children } : shown
        }),
    )
  return childrenOf(undefined)
}

export function sorted(records) {
  const pairs = records.map((record) => [masked(JSON.stringify(record), masks), record])
  return pairs.toSorted(([a], [b]) => compared(a, b)).map(([, record]) => record)
}

/** An object without some members, in the order of their names. */
export function without(object, names) {
  const kept = Object.entries(object).filter(([name]) => !names.test(name))
  return Object.fromEntries(kept.toSorted(([a], [b]) => compared(a, b)))
}

function compared(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}
