/**
 * Of these, `Buffer` decodes the low byte. V8 knows without a look that a text of one byte a character
 * has none; counting the bytes took more time than to decode them (Node 24).
 */
const BEYOND_LATIN1 = /[\u0100-\uffff]/

/**
 * The bytes of a base64 text, in memory of their own; `undefined` for anything else, of which
 * `Buffer` would skip parts.
 */
export function fromBase64(text: string): Buffer | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0) return undefined
  if (BEYOND_LATIN1.test(text)) return undefined
  const bytes = Buffer.allocUnsafeSlow((text.length / 4) * 3 - padding)
  return bytes.write(text, 'base64') === bytes.length ? bytes : undefined
}
