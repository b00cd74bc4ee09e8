/** `; did you mean X?` when one of the names is close enough to be meant, else nothing. */
export function didYouMean(given: string, names: Iterable<string>): string {
  const near = nearest(given, names)
  return near === undefined ? '' : `; did you mean ${near}?`
}

/** The names that exist, for an error about one that does not. */
export function listed(names: Iterable<string>): string {
  return [...names].join(', ') || 'none'
}

/** ` (there: X, Y)`, or nothing when there are none. */
export function there(names: readonly string[]): string {
  return names.length > 0 ? ` (there: ${names.join(', ')})` : ''
}

function nearest(given: string, names: Iterable<string>): string | undefined {
  const word = given.toLowerCase()
  const most = Math.max(1, Math.floor(word.length / 3))
  const all = [...names]
  const ranked = all
    .map((name) => ({ name, distance: distance(word, name.toLowerCase()) }))
    .filter((each) => each.distance <= most)
    .sort((one, other) => one.distance - other.distance)
  if (ranked[0]) return ranked[0].name
  // `rules` for `listenerRules`: what is a part of several names could be any of them.
  const longer = word.length < 4 ? [] : all.filter((name) => name.toLowerCase().includes(word))
  return longer.length === 1 ? longer[0] : undefined
}

/** Letters that are added, missing, other ones or swapped with their neighbour. */
function distance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped && row > 1 && column > 1 ? (beforeLast[column - 2] ?? 0) + 1 : Number.MAX_VALUE,
      )
    }
    beforeLast = last
    last = current
  }
  return last[to.length] ?? 0
}
