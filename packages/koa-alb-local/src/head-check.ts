import type { IncomingMessage } from 'node:http'
import { bodyLimitBytes, bodyTooLarge } from './body.ts'
import { Refusal } from './refusal.ts'
import type { HeaderLine } from './types.ts'

const requestLineLimitBytes = 16 * 1024
const headerLineLimitBytes = 16 * 1024
const headersLimitBytes = 64 * 1024
const forwardedAddressLimit = 30

/** The header lines of a request as received, one character per byte. */
export function headerLines({ rawHeaders }: IncomingMessage): HeaderLine[] {
  return rawHeaders.flatMap((name, index): HeaderLine[] =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : [],
  )
}

/** Bytes of the header lines, line ends included. */
export function headerBytes(lines: readonly HeaderLine[]): number {
  return lines.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0)
}

/**
 * Refuses what no load balancer sends on to a Lambda target.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
export function checkHead(request: IncomingMessage, lines: readonly HeaderLine[]): void {
  checkVersion(request)
  checkSizes(request, lines)
  checkTransferEncoding(request)
  if (request.method === 'TRACE') throw new Refusal(405, 'TRACE is not allowed')
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    throw new Refusal(400, 'an HTTP/1.1 request needs a Host header')
  }
  checkUpgrade(request)
  checkForwardedFor(request)
  const length = request.headers['content-length']
  if (length !== undefined && Number(length) > bodyLimitBytes) throw bodyTooLarge(length)
}

function checkVersion({ httpVersionMajor, httpVersion }: IncomingMessage): void {
  if (httpVersionMajor > 1) throw new Refusal(505, `HTTP/${httpVersion} is not supported here`)
}

function checkSizes(request: IncomingMessage, lines: readonly HeaderLine[]): void {
  const requestLine = `${request.method} ${request.url} HTTP/${request.httpVersion}`
  if (requestLine.length > requestLineLimitBytes) {
    const message = `the request line has ${requestLine.length} bytes, limit ${requestLineLimitBytes}`
    throw new Refusal(414, message)
  }
  for (const [name, value] of lines) {
    const bytes = name.length + value.length + 2
    // A Cookie line of this size was seen to pass.
    if (bytes < headerLineLimitBytes || name.toLowerCase() === 'cookie') continue
    throw new Refusal(400, `the ${name} header line has ${bytes} bytes, limit 16,383`)
  }
  const bytes = headerBytes(lines)
  if (bytes > headersLimitBytes) {
    throw new Refusal(400, `the request headers have ${bytes} bytes, limit ${headersLimitBytes}`)
  }
}

function checkTransferEncoding({ headers }: IncomingMessage): void {
  const codings = (headers['transfer-encoding'] ?? '').split(',').map((coding) => coding.trim())
  const unknown = codings.find((coding) => !/^(chunked|identity)?$/i.test(coding))
  if (unknown === undefined) return
  throw new Refusal(501, `transfer-encoding ${unknown} is not chunked or identity`)
}

function checkUpgrade({ headers }: IncomingMessage): void {
  const asksForUpgrade = /(^|,)\s*upgrade\s*(,|$)/i.test(headers.connection ?? '')
  if (headers.upgrade === undefined || !asksForUpgrade) return
  const message = `a Lambda target cannot upgrade to ${headers.upgrade}`
  throw new Refusal(400, message, { errorReason: 'LambdaWebsocketNotSupported' })
}

function checkForwardedFor({ headersDistinct }: IncomingMessage): void {
  const sent = (headersDistinct['x-forwarded-for'] ?? []).join(',')
  const addresses = sent.split(',').filter((address) => address.trim() !== '').length
  if (addresses <= forwardedAddressLimit) return
  throw new Refusal(
    463,
    `X-Forwarded-For has ${addresses} addresses, limit ${forwardedAddressLimit}`,
  )
}
