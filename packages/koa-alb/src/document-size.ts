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
 * Bytes of a well-formed text between the quotes of JSON. Writing the JSON takes less time than
 * counting what each character becomes (two thirds and less, measured).
 */
export function escapedBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}
