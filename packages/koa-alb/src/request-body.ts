import { fromBase64 } from './base64.ts'
import { AlbError } from './errors.ts'
import { invalid } from './invalid-event.ts'
import type { AlbEvent } from './types.ts'

const EMPTY = Buffer.alloc(0)

/** The body of a request, in memory of its own. */
export function toBody({ body, isBase64Encoded = false }: AlbEvent): Buffer {
  if (typeof isBase64Encoded !== 'boolean') {
    throw invalid('isBase64Encoded', isBase64Encoded, 'a boolean')
  }
  if (body === undefined || body === null || body === '') return EMPTY
  if (typeof body !== 'string') throw invalid('body', body, 'a string')
  if (!isBase64Encoded) {
    if (!body.isWellFormed())
      throw new AlbError(
        'ALB_ERR_INVALID_EVENT',
        'body of the event has lone surrogates, which no bytes stand for',
      )
    return ownBytes(body)
  }
  const bytes = fromBase64(body)
  if (bytes) return bytes
  throw new AlbError(
    'ALB_ERR_INVALID_EVENT',
    'body of the event is not valid base64, as isBase64Encoded says it is',
  )
}

/** What `Buffer.from` gives may lie beside other bodies in a pool that the app can read. */
function ownBytes(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text))
  bytes.write(text)
  return bytes
}
