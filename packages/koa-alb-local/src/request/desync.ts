import type { ReceivedHead } from './received.ts'

/** How safely a request can be told from the next on its connection. */
export interface Classification {
  readonly tier: 'Acceptable' | 'Ambiguous'
  readonly reason:
    | 'AmbiguousUri'
    | 'GetHeadZeroContentLength'
    | 'NonCompliantHeader'
    | 'NonCompliantVersion'
    | 'SpaceInUri'
    | 'SuspiciousHeader'
    | 'UndefinedContentLengthSemantics'
    | 'UndefinedTransferEncodingSemantics'
}

export type DesyncMode = 'defensive' | 'monitor' | 'strictest'

/**
 * What is not compliant about an HTTP/1 request; undefined for nothing. Severe ones do not get
 * through the parser. HTTP/2 is not classified at all.
 * @see https://github.com/aws/http-desync-guardian
 */
export function classify(head: ReceivedHead): Classification | undefined {
  if (head.isHttp2) return undefined
  const { method, target, values } = head
  if (/[^\x20-\x7e\x80-\xff]/.test(target)) return { tier: 'Ambiguous', reason: 'AmbiguousUri' }
  const hasNoBody = method === 'GET' || method === 'HEAD'
  const length = hasNoBody ? values.get('content-length')?.[0] : undefined
  if (hasNoBody && values.has('transfer-encoding')) {
    return { tier: 'Ambiguous', reason: 'UndefinedTransferEncodingSemantics' }
  }
  if (length !== undefined && Number(length) > 0) {
    return { tier: 'Ambiguous', reason: 'UndefinedContentLengthSemantics' }
  }
  let found: Classification | undefined
  for (const [name, lineValues] of values) {
    if (isSuspicious(name)) return { tier: 'Ambiguous', reason: 'SuspiciousHeader' }
    if (!lineValues.every((value) => /^[\t\x20-\x7e]*$/.test(value))) {
      found = { tier: 'Acceptable', reason: 'NonCompliantHeader' }
    }
  }
  if (found) return found
  if (target.includes(' ')) return { tier: 'Acceptable', reason: 'SpaceInUri' }
  if (length !== undefined) return { tier: 'Acceptable', reason: 'GetHeadZeroContentLength' }
  if (head.httpVersion === '1.1' || head.httpVersion === '1.0') return undefined
  return { tier: 'Acceptable', reason: 'NonCompliantVersion' }
}

// Something behind the load balancer may read `content_length` as Content-Length.
function isSuspicious(name: string): boolean {
  if (name.length < 'contentlength'.length) return false
  if (name === 'content-length' || name === 'transfer-encoding') return false
  return /^(contentlength|transferencoding)$/.test(name.replace(/[^a-z]/g, ''))
}
