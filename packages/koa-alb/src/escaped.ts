/** The bytes of a text as a URI has them: each a percent sign and two digits. */
export function escaped(text: string): string {
  return [...bytesOf(text)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('')
}

/** One byte per character as Node writes heads; a document of `onError` may have any text. */
export function bytesOf(value: string): Buffer {
  return Buffer.from(value, /[^\0-\xff]/.test(value) ? 'utf8' : 'latin1')
}
