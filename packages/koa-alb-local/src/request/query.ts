/**
 * The raw parameters of a query in its order, nothing decoded. `?k` and `?k=` are alike, empty pairs
 * vanish.
 */
export function queryParameters(query: string): Map<string, string[]> {
  const parameters = new Map<string, string[]>()
  for (const [key, value] of queryPairs(query)) {
    const values = parameters.get(key)
    if (values) values.push(value)
    else parameters.set(key, [value])
  }
  return parameters
}

/** The raw pairs of a query in their order, split at `&` and the first `=`. */
export function queryPairs(query: string): [key: string, value: string][] {
  const pairs: [string, string][] = []
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    if (equals < 0) pairs.push([pair, ''])
    else pairs.push([pair.slice(0, equals), pair.slice(equals + 1)])
  }
  return pairs
}
