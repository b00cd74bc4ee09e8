import { Refusal } from '../answer/refusal.ts'
import { bodyLimitBytes, bodyTooLarge } from './body.ts'
import type { ReceivedHead } from './received.ts'

const requestLineLimitBytes = 16 * 1024
const headerLineLimitBytes = 16 * 1024
const headersLimitBytes = 64 * 1024
const forwardedAddressLimit = 30

/**
 * Refuses what no load balancer passes on or answers with a rule.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function checkHead(head: ReceivedHead): void {
  checkVersion(head)
  checkSizes(head)
  checkTransferEncoding(head)
  checkMethod(head)
  if (head.httpVersion === '1.1' && !head.values.has('host')) {
    throw new Refusal(400, 'an HTTP/1.1 request needs a Host header')
  }
  checkForwardedFor(head)
}

/** Refuses what a Lambda target does not take. */
export function checkForLambda(head: ReceivedHead): void {
  checkUpgrade(head)
  const length = head.values.get('content-length')?.[0]
  if (length !== undefined && Number(length) > bodyLimitBytes) throw bodyTooLarge(length)
}

function checkVersion({ httpVersion, isHttp2, rawHeaders }: ReceivedHead): void {
  if (!isHttp2 && !/^[01]\./.test(httpVersion)) {
    throw new Refusal(505, `HTTP/${httpVersion} is not supported here`)
  }
  // To other readers the request has ended with its first line.
  if (httpVersion === '0.9' && rawHeaders.length > 0) {
    throw new Refusal(400, `HTTP/0.9 has no header lines, found ${rawHeaders[0]}`)
  }
}

function checkMethod({ method }: ReceivedHead): void {
  if (method === 'TRACE') throw new Refusal(405, 'TRACE is not allowed')
  if (method === 'CONNECT') throw new Refusal(400, 'CONNECT is not supported')
}

function checkSizes({ method, target, httpVersion, rawHeaders, headerBytes }: ReceivedHead): void {
  const requestLine = `${method} ${target} HTTP/${httpVersion}`
  if (requestLine.length > requestLineLimitBytes) {
    const message = `the request line has ${requestLine.length} bytes, limit ${requestLineLimitBytes}`
    throw new Refusal(414, message)
  }
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const bytes = name.length + (rawHeaders[index + 1] ?? '').length + 2
    // A Cookie line of this size was seen to pass.
    if (bytes < headerLineLimitBytes || name.toLowerCase() === 'cookie') continue
    throw new Refusal(400, `the ${name} header line has ${bytes} bytes, limit 16,383`)
  }
  if (headerBytes > headersLimitBytes) {
    const message = `the request headers have ${headerBytes} bytes, limit ${headersLimitBytes}`
    throw new Refusal(400, message)
  }
}

/** What the client wants the connection to speak from now on; undefined for HTTP. */
export function wantedUpgrade({ values }: ReceivedHead): readonly string[] | undefined {
  const upgrade = values.get('upgrade')
  const isWanted = upgrade && /(^|,)\s*upgrade\s*(,|$)/i.test(joined(values, 'connection'))
  return isWanted ? upgrade : undefined
}

function checkUpgrade(head: ReceivedHead): void {
  const upgrade = wantedUpgrade(head)
  if (!upgrade) return
  const message = `a Lambda target cannot upgrade to ${upgrade.join(', ')}`
  throw new Refusal(400, message, { errorReason: 'LambdaWebsocketNotSupported' })
}

function checkForwardedFor({ values }: ReceivedHead): void {
  const sent = joined(values, 'x-forwarded-for').split(',')
  const addresses = sent.filter((address) => address.trim() !== '').length
  if (addresses <= forwardedAddressLimit) return
  throw new Refusal(
    463,
    `X-Forwarded-For has ${addresses} addresses, limit ${forwardedAddressLimit}`,
  )
}

function joined(values: ReceivedHead['values'], name: string): string {
  return values.get(name)?.join(',') ?? ''
}

/**
 * Refuses transfer codings that two readers of the same bytes could understand differently.
 * @throws Refusal 501 for codings other than chunked and identity, 400 where the end of the body
 * would be a matter of opinion
 */
function checkTransferEncoding({ httpVersion, values }: ReceivedHead): void {
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
