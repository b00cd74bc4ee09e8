import { STATUS_CODES } from 'node:http'
import { type Answer, headBytes } from '../answer/answer.ts'
import { httpDate } from '../answer/own-answer.ts'
import { Refusal } from '../answer/refusal.ts'
import type { HeaderLine } from '../types.ts'
import { parseDocument } from './document.ts'

export interface ResponseSettings {
  readonly method: string
  readonly multiValueHeaders: boolean
  readonly reverseRepeatedHeaders: boolean
  /** For a `Date` line of the load balancer's own; default: now. */
  readonly date?: string
}

const headerLimitBytes = 32 * 1024
const hopByHop =
  /^(connection|keep-alive|proxy-authorization|proxy-connection|te|trailer|transfer-encoding|upgrade)$/

/** Whether the load balancer has such header lines of its own, and leaves out those of a document. */
export function isHopByHop(name: string): boolean {
  return hopByHop.test(name.toLowerCase())
}

/**
 * The HTTP response for a payload: names as spelled in the document and in its order.
 * @throws Refusal 502 when the document is invalid or too large
 */
export function toResponse(payload: string, settings: ResponseSettings): Answer {
  const document = parseDocument(payload, settings.multiValueHeaders)
  const { statusCode } = document
  const hasNoBody = statusCode === 204 || statusCode === 304
  const body = hasNoBody ? Buffer.alloc(0) : document.body
  const given = settings.reverseRepeatedHeaders ? reversedRepeats(document.lines) : document.lines
  const length = hasNoBody ? undefined : lengthLine(given, body.length, settings.method)
  const { lines, names } = sentLines(given, length)
  if (!hasNoBody && !names.has('content-type')) {
    lines.push(['Content-Type', 'application/octet-stream'])
  }
  if (length && !names.has('content-length')) lines.push(length)
  const phrase = phraseOf(statusCode, document.statusDescription)
  checkSize(phrase, lines)
  if (!names.has('date')) lines.unshift(['Date', settings.date ?? httpDate()])
  if (!names.has('server')) lines.unshift(['Server', 'awselb/2.0'])
  return { status: statusCode, phrase, lines, body, keepAlive: true }
}

function phraseOf(statusCode: number, description = ''): string {
  const [, code, phrase] = /^(\d{3}) ([\t\x20-\x7e]+)$/.exec(description) ?? []
  if (phrase !== undefined && code === String(statusCode)) return phrase
  return STATUS_CODES[statusCode] ?? 'unknown'
}

// The document's own content-length counts only for HEAD, where it speaks of a body not sent. With
// neither length nor body, nothing is known of what GET would bring.
function lengthLine(
  given: readonly HeaderLine[],
  bytes: number,
  method: string,
): HeaderLine | undefined {
  const [name, value] = given.find(([name]) => isLength(name)) ?? ['Content-Length', '']
  if (method !== 'HEAD') return [name, String(bytes)]
  if (/^\d+$/.test(value)) return [name, value]
  return bytes === 0 ? undefined : [name, String(bytes)]
}

/** The given lines but for hop-by-hop fields, with this content-length or none, and their names. */
function sentLines(
  given: readonly HeaderLine[],
  length: HeaderLine | undefined,
): { lines: HeaderLine[]; names: ReadonlySet<string> } {
  const lines: HeaderLine[] = []
  const names = new Set<string>()
  for (const line of given) {
    const name = line[0].toLowerCase()
    if (hopByHop.test(name)) continue
    if (name !== 'content-length') lines.push(line)
    else if (length && !names.has(name)) lines.push(length)
    names.add(name)
  }
  return { lines, names }
}

function reversedRepeats(lines: readonly HeaderLine[]): HeaderLine[] {
  const names = [...new Set(lines.map(([name]) => name))]
  return names.flatMap((name) => lines.filter(([each]) => each === name).toReversed())
}

function checkSize(phrase: string, lines: readonly HeaderLine[]): void {
  const bytes = headBytes(phrase, lines)
  if (bytes <= headerLimitBytes) return
  const message = `the response headers take ${bytes} bytes, limit ${headerLimitBytes}`
  throw new Refusal(502, message, { errorReason: 'LambdaInvalidResponse' })
}

function isLength(name: string): boolean {
  return name.toLowerCase() === 'content-length'
}
