let second = 0
let text = ''

/**
 * The time in the form of HTTP, made once a second.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
 */
export function httpDate(): string {
  const now = Date.now()
  const started = Math.floor(now / 1000)
  if (started !== second) {
    second = started
    text = new Date(now).toUTCString()
  }
  return text
}
