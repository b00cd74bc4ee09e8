import { Refusal } from '../answer/refusal.ts'
import type { ReceivedHead } from './received.ts'

/**
 * Refuses transfer codings that two readers of the same bytes could understand differently.
 * @throws Refusal 501 for codings other than chunked and identity, 400 where the end of the body
 * would be a matter of opinion
 */
export function checkTransferEncoding({ httpVersion, values }: ReceivedHead): void {
  const sent = values.get('transfer-encoding')?.join(', ')
  if (sent === undefined) return
  const codings = sent.split(',').map((coding) => coding.trim())
  const unknown = codings.find((coding) => !/^(chunked|identity)?$/i.test(coding))
  if (unknown !== undefined) {
    throw new Refusal(501, `transfer-encoding ${unknown} is not chunked or identity`)
  }
  if (codings.includes('')) {
    throw new Refusal(400, `transfer-encoding has an empty coding: "${sent}"`)
  }
  // RFC 9112, section 6.1: HTTP/1.0 knows no transfer codings, such framing is faulty.
  if (httpVersion !== '1.1') {
    throw new Refusal(400, `HTTP/${httpVersion} has no transfer-encoding, found ${sent}`)
  }
}
