import { STATUS_CODES } from 'node:http'
import type { Answer } from './answer.ts'
import { parseDocument } from './document.ts'
import { Refusal } from './refusal.ts'
import type { HeaderLine } from './types.ts'

export interface ResponseSettings {
  readonly method: string
  readonly multiValueHeaders: boolean
  readonly reverseRepeatedHeaders: boolean
}

const headerLimitBytes = 32 * 1024
const hopByHop = /^(connection|keep-alive|transfer-encoding|upgrade|te|trailer|proxy-.*)$/i

/**
 * The HTTP response for a payload: names as spelled in the document and in its order.
 * @throws Refusal 502 when the document is invalid or too large
 */
export function toResponse(payload: string, settings: ResponseSettings): Answer {
  const document = parseDocument(payload, settings.multiValueHeaders)
  const { statusCode } = document
  const hasNoBody = statusCode === 204 || statusCode === 304
  const body = hasNoBody ? Buffer.alloc(0) : document.body
  const sent = document.lines.filter(([name]) => !hopByHop.test(name))
  const ordered = settings.reverseRepeatedHeaders ? reversedRepeats(sent) : sent
  const lines = hasNoBody
    ? ordered.filter(([name]) => name.toLowerCase() !== 'content-length')
    : withLength(withContentType(ordered), body.length, settings.method)
  const phrase = phraseOf(statusCode, document.statusDescription)
  checkSize(phrase, lines)
  return {
    status: statusCode,
    phrase,
    lines: withServerAndDate(lines),
    body,
    keepAlive: true,
  }
}

function phraseOf(statusCode: number, description = ''): string {
  const [, code, phrase] = /^(\d{3}) ([\t\x20-\x7e]+)$/.exec(description) ?? []
  if (phrase !== undefined && code === String(statusCode)) return phrase
  return STATUS_CODES[statusCode] ?? 'unknown'
}

function withContentType(lines: readonly HeaderLine[]): readonly HeaderLine[] {
  if (has(lines, 'content-type')) return lines
  return [...lines, ['Content-Type', 'application/octet-stream']]
}

// The document's own content-length counts only for HEAD, where it speaks of a body not sent. With
// neither length nor body, nothing is known of what GET would bring.
function withLength(lines: readonly HeaderLine[], bytes: number, method: string): HeaderLine[] {
  const isLength = ([name]: HeaderLine): boolean => name.toLowerCase() === 'content-length'
  const given = lines.findIndex(isLength)
  const [name, value] = lines[given] ?? ['Content-Length', '']
  const others = lines.filter((line) => !isLength(line))
  const isTold = method === 'HEAD' && /^\d+$/.test(value)
  if (method === 'HEAD' && !isTold && bytes === 0) return others
  const place = given < 0 ? others.length : given
  return others.toSpliced(place, 0, [name, isTold ? value : String(bytes)])
}

function withServerAndDate(lines: readonly HeaderLine[]): HeaderLine[] {
  const added: HeaderLine[] = []
  if (!has(lines, 'server')) added.push(['Server', 'awselb/2.0'])
  if (!has(lines, 'date')) added.push(['Date', new Date().toUTCString()])
  return [...added, ...lines]
}

function reversedRepeats(lines: readonly HeaderLine[]): HeaderLine[] {
  const names = [...new Set(lines.map(([name]) => name))]
  return names.flatMap((name) => lines.filter(([each]) => each === name).toReversed())
}

function checkSize(phrase: string, lines: readonly HeaderLine[]): void {
  const statusLine = `HTTP/1.1 200 ${phrase}\r\n`
  // Two bytes each for the colon with its space and for the line end.
  const bytes = lines.reduce(
    (sum, [name, value]) => sum + name.length + value.length + 4,
    statusLine.length,
  )
  if (bytes <= headerLimitBytes) return
  const message = `the response headers take ${bytes} bytes, limit ${headerLimitBytes}`
  throw new Refusal(502, message, { errorReason: 'LambdaInvalidResponse' })
}

function has(lines: readonly HeaderLine[], wanted: string): boolean {
  return lines.some(([name]) => name.toLowerCase() === wanted)
}
