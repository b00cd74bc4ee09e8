/** Those of the named properties that are there: CDK's optional ones must not be present as undefined. */
export function pick<T extends object, K extends keyof T>(from: T, ...names: K[]): Pick<T, K> {
  const there = names.filter((name) => from[name] !== undefined)
  // Holds because only optional properties, which Pick keeps optional, can be undefined.
  return Object.fromEntries(there.map((name) => [name, from[name]])) as Pick<T, K>
}
