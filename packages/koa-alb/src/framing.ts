import { isNamed } from './header-lines.ts'

const LENGTH = 'content-length'
const CODING = 'transfer-encoding'
const DIGITS = /^\d+$/
/** Node's parser counts in 64 bits. */
const TOO_LONG = 2 ** 64

/**
 * Makes the framing lines true of a body that has come whole: an app that passes the request on
 * frames it by them, and a rest of the body would be the next request on its connection. There is
 * one `content-length`, or none for a request without a body; a `transfer-encoding` is undone.
 * False for lengths that Node's parser refuses: several, or one that is no number.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function frame(rawHeaders: string[], bodyBytes: number): boolean {
  let lengthAt = -1
  let isFramed = bodyBytes > 0
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    if (isNamed(rawHeaders[index], LENGTH)) {
      if (lengthAt >= 0) return false
      lengthAt = index
    } else if (isNamed(rawHeaders[index], CODING)) {
      rawHeaders.splice(index, 2)
      if (lengthAt >= 0) lengthAt -= 2
      isFramed = true
    }
  }
  if (lengthAt >= 0) return correct(rawHeaders, lengthAt + 1, bodyBytes)
  if (isFramed) rawHeaders.splice(placeOfLength(rawHeaders), 0, LENGTH, `${bodyBytes}`)
  return true
}

/** Moves the length to the front, where no limit on the number of lines cuts it off. */
export function frameFirst(rawHeaders: string[]): void {
  for (let index = 2; index < rawHeaders.length; index += 2) {
    if (isNamed(rawHeaders[index], LENGTH)) rawHeaders.unshift(...rawHeaders.splice(index, 2))
  }
}

function correct(rawHeaders: string[], index: number, bodyBytes: number): boolean {
  const declared = rawHeaders[index] ?? ''
  if (declared === `${bodyBytes}`) return true
  if (!DIGITS.test(declared) || Number(declared) >= TOO_LONG) return false
  // Another spelling of the number, such as one with leading zeros, stays.
  if (Number(declared) !== bodyBytes) rawHeaders[index] = `${bodyBytes}`
  return true
}

/** Names of an event are sorted. */
function placeOfLength(rawHeaders: readonly string[]): number {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if ((rawHeaders[index] ?? '') > LENGTH) return index
  }
  return rawHeaders.length
}
