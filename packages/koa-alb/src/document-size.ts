import type { AlbResult } from './types.ts'

/** The most bytes that JSON makes of one UTF-16 code unit: `\u0000`. */
const MOST_BYTES_PER_UNIT = 6
/** More than JSON makes of 32 KB of header lines: each character escaped, each line quoted. */
const MOST_HEAD_BYTES = 131_072

/**
 * Whether the document takes at most `limitBytes` as JSON. Exact, yet it counts only where the
 * length of the body leaves it open.
 */
export function fits(result: AlbResult, limitBytes: number): boolean {
  const { length } = result.body
  const most = result.isBase64Encoded ? length : length * MOST_BYTES_PER_UNIT
  return MOST_HEAD_BYTES + most <= limitBytes || documentBytes(result) <= limitBytes
}

/** Bytes of the document as JSON in UTF-8. */
export function documentBytes(result: AlbResult): number {
  return headBytesOf(result) + bodyBytes(result)
}

/** Bytes of the document with an empty body. */
export function headBytesOf(result: AlbResult): number {
  // Visible ASCII, all of it: a character is a byte.
  return JSON.stringify({ ...result, body: '' }).length
}

/** Base64 needs no escapes; text is counted. */
function bodyBytes({ body, isBase64Encoded }: AlbResult): number {
  return isBase64Encoded ? body.length : escapedBytes(body)
}

/**
 * Bytes of a well-formed text between the quotes of JSON, as JSON.stringify writes it.
 * @see https://tc39.es/ecma262/#sec-quotejsonstring
 */
export function escapedBytes(text: string): number {
  let bytes = Buffer.byteLength(text)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0x5c) continue
    if (unit === 0x22 || unit === 0x5c) bytes += 1
    // \b \t \n \f \r, and \u00XX for the other controls.
    else if (unit < 0x20) bytes += unit >= 8 && unit <= 13 && unit !== 11 ? 1 : 5
  }
  return bytes
}
