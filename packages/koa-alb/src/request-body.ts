import { fromBase64 } from './base64.ts'
import { invalid, invalidEvent } from './invalid-event.ts'
import type { AlbEvent } from './types.ts'

const EMPTY = Buffer.allocUnsafeSlow(0)

const LARGE_BYTES = 65_536

/**
 * A block above the memory of the last large body. When a collection frees bodies at the top of its
 * heap, glibc gives the pages back to the system, and takes each again, by a fault, for the next ones:
 * a third of the time of a 100 KB POST. This stays there instead, and is never touched.
 */
const above: { block?: Buffer } = {}

/** The body of a request, in memory of its own. */
export function toBody(event: AlbEvent): Buffer {
  const body = decode(event)
  if (body.length >= LARGE_BYTES) above.block = Buffer.allocUnsafeSlow(LARGE_BYTES)
  return body
}

function decode({ body, isBase64Encoded = false }: AlbEvent): Buffer {
  if (typeof isBase64Encoded !== 'boolean') {
    throw invalid('isBase64Encoded', isBase64Encoded, 'a boolean')
  }
  if (body === undefined || body === null || body === '') return EMPTY
  if (typeof body !== 'string') throw invalid('body', body, 'a string')
  if (!isBase64Encoded) {
    if (!body.isWellFormed())
      throw invalidEvent('body of the event has lone surrogates, which no bytes stand for')
    return ownBytes(body)
  }
  const bytes = fromBase64(body)
  if (bytes) return bytes
  throw invalidEvent('body of the event is not valid base64, as isBase64Encoded says it is')
}

/** What `Buffer.from` gives may lie beside other bodies in a pool that the app can read. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
