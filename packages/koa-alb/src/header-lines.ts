const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

/** The value of the last line of that name, which is lower case as all names of an event. */
export function lastValue(rawHeaders: readonly string[], name: string): string | undefined {
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (rawHeaders[index] === name) return rawHeaders[index + 1]
  }
  return undefined
}
