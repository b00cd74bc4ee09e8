/**
 * The bytes of a base64 text, in memory of their own; `undefined` for anything else, of which
 * `Buffer` would skip parts.
 */
export function fromBase64(text: string): Buffer | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  if (text.length % 4 !== 0) return undefined
  const bytes = Buffer.allocUnsafeSlow((text.length / 4) * 3 - padding)
  // Of a character beyond latin1, `Buffer` decodes the low byte.
  const isAscii = Buffer.byteLength(text) === text.length
  return isAscii && bytes.write(text, 'base64') === bytes.length ? bytes : undefined
}
