import { Refusal } from '../answer/refusal.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The bytes as UTF-8 text, byte order mark included. An event is JSON, so bytes that are no text
 * cannot be in it: the invocation fails with `LambdaBadRequest`. The status for the client is not
 * documented; 502 is what every other failed invocation gives.
 */
export function toText(bytes: Buffer, where: string): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new Refusal(502, `${where} is not UTF-8`, { errorReason: 'LambdaBadRequest', cause })
  }
}

/** The same for a header value, which Node hands out with one character per byte. */
export function toHeaderText(value: string, where: string): string {
  if (/^[\t\x20-\x7e]*$/.test(value)) return value
  return toText(Buffer.from(value, 'latin1'), where)
}
