const most = 6

/** A name of six characters at most for each function, and no two alike. */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const short = new Map<string, string>()
  const taken = new Set<string>()
  for (const name of names) {
    // What the CDK appends to an id, and what every function has in its name.
    const plain = name.replace(/[0-9A-F]{8}$/, '').replace(/[-_]?(?:Function|Handler|Fn)$/i, '')
    const wanted = (plain || name).slice(0, most)
    const found = taken.has(wanted) ? numbered(wanted, taken) : wanted
    taken.add(found)
    short.set(name, found)
  }
  return short
}

function numbered(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number += 1) {
    const found = `${wanted.slice(0, most - `${number}`.length)}${number}`
    if (!taken.has(found)) return found
  }
}
