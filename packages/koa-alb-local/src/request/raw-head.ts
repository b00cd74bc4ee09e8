import { METHODS } from 'node:http'
import type { ReceivedHead } from './received.ts'

/** What a client sent where Node's parser was shown something else. */
export interface Original {
  readonly method: string
  readonly target: string
  /** The values that differ, by the number of their line. */
  readonly values: ReadonlyMap<number, string>
}

export interface ParsableHead {
  readonly bytes: Buffer
  /** Absent when the parser is shown what the client sent. */
  readonly original?: Original
  /** What the client sent, one character per byte; absent when its lines cannot be told apart. */
  readonly text?: string
}

const known = new Set(METHODS)
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const plainLine = /^(?:\r\n)*([A-Z-]+) [\x21-\x7e]+ HTTP\/\d\.\d\r\n/
const unshowable = /[^\t\r\n\x20-\x7e\x80-\xff]/

/**
 * The head of a request as Node's parser takes it: with a stand-in for each byte that a load balancer
 * lets pass and the parser does not, and for a method that it does not know. Length and structure
 * stay, so that the parser judges all else: what it refuses stays refused.
 * @see https://github.com/aws/http-desync-guardian for what passes
 */
export function toParsableHead(bytes: Buffer): ParsableHead {
  const text = bytes.toString('latin1')
  const [, method] = plainLine.exec(text) ?? []
  const isLinePlain = method !== undefined && known.has(method)
  if (isLinePlain && !unshowable.test(text)) return { bytes, text }
  const begin = text.search(/[^\r\n]/)
  const end = text.indexOf('\r\n', begin)
  const sent = readRequestLine(text.slice(begin, end))
  if (!sent) return { bytes }
  const { method: shownMethod, target } = sent
  const { shown, values } = shownLines(text.slice(end + 2).split('\r\n'))
  const line = `${known.has(shownMethod) ? shownMethod : 'POST'} ${shownTarget(target)} ${sent.version}`
  return {
    bytes: Buffer.from([text.slice(0, begin) + line, ...shown].join('\r\n'), 'latin1'),
    original: { method: shownMethod, target, values },
    text,
  }
}

/** The text of a head that the parser has taken, as the parser has it, but for its stand-ins. */
export function readHead(text: string): Pick<ReceivedHead, 'method' | 'rawHeaders' | 'target'> {
  const [requestLine = '', ...lines] = text.slice(text.search(/[^\r\n]/)).split('\r\n')
  const { method, target } = readRequestLine(requestLine) ?? { method: '-', target: '-' }
  // The empty line and what is behind it are none.
  const rawHeaders = lines.slice(0, -2).flatMap((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), trimmed(line.slice(colon + 1), ' \t')]
  })
  return { method, target, rawHeaders }
}

/** The parts of a request line; undefined when nobody could tell them apart. */
function readRequestLine(
  line: string,
): { method: string; target: string; version: string } | undefined {
  const first = line.indexOf(' ')
  const last = line.lastIndexOf(' ')
  if (first < 0 || last <= first) return undefined
  const method = line.slice(0, first)
  const version = line.slice(last + 1)
  // Not all white space is trimmed: a tab or NBSP is a byte of the target.
  const target = trimmed(line.slice(first, last), ' ')
  if (!token.test(method) || !/^HTTP\/[01]\.\d$/.test(version)) return undefined
  return target === '' || isSevere(target) ? undefined : { method, target, version }
}

function shownTarget(target: string): string {
  return target.replace(/[^\x21-\x7e]/g, 'x')
}

function shownLines(lines: readonly string[]): { shown: string[]; values: Map<number, string> } {
  const values = new Map<number, string>()
  const shown = lines.map((line, index) => {
    if (!unshowable.test(line) || isSevere(line)) return line
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    if (colon < 0 || !token.test(name) || isAboutFraming(name)) return line
    const value = line.slice(colon + 1)
    values.set(index, trimmed(value, ' \t'))
    return `${name}:${value.replace(/[^\t\x20-\x7e\x80-\xff]/g, 'x')}`
  })
  return { shown, values }
}

// By what the text would be to somebody who skips what is no letter.
function isAboutFraming(name: string): boolean {
  return /^(contentlength|transferencoding)$/.test(name.toLowerCase().replace(/[^a-z]/g, ''))
}

function isSevere(text: string): boolean {
  return text.includes('\0') || text.includes('\r') || text.includes('\n')
}

function trimmed(text: string, blanks: string): string {
  let begin = 0
  let end = text.length
  while (begin < end && blanks.includes(text.charAt(begin))) begin += 1
  while (end > begin && blanks.includes(text.charAt(end - 1))) end -= 1
  return text.slice(begin, end)
}
