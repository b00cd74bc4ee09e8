import { inspect } from 'node:util'

const mostLines = 100

/**
 * The text as one line that neither moves the cursor of a terminal nor sets its title or clipboard:
 * control characters, and those that turn the direction of text, as escapes. Tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, escaped)
}

/** The same line by line, no line and not their number longer than is shown. */
export function printableLines(text: string): string {
  const lines = text.split(/\r?\n/)
  const rest = lines.length - mostLines
  if (rest > 0) lines.splice(mostLines, rest, `… ${rest} more lines`)
  return lines.map((line) => shortened(printable(line))).join('\n')
}

/** At most this many characters, with an ellipsis for the rest. */
export function shortened(text: string, most = 300): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}

interface Shown {
  readonly hasColours: boolean
  /** Characters that are shown, colours not counted. */
  readonly most: number
}

/** A line that may have colours (SGR) of its own, and nothing else that steers a terminal. */
export function printableInColours(line: string, { hasColours, most }: Shown): string {
  let shown = ''
  let left = most
  let at = 0
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  for (const { 0: end, index } of line.matchAll(/\x1b\[[\d;:]*m|$/g)) {
    const text = line.slice(at, index)
    shown += printable(text.slice(0, left)).slice(0, left)
    if (text.length > left) return `${shown}${hasColours && at > 0 ? '\x1b[0m' : ''}…`
    left -= text.length
    if (hasColours) shown += end
    at = index + end.length
  }
  return shown
}

/** Whatever was thrown, as `inspect` shows it, but for buffers, which are text. */
export function shownError(error: unknown): string {
  return printableLines(bytesAsText(inspected(error)))
}

function inspected(error: unknown): string {
  try {
    return inspect(error, { maxStringLength: 300 })
  } catch (cause) {
    // An object says itself how it is shown, and may fail to.
    return `what was thrown cannot be shown: ${cause instanceof Error ? cause.message : typeof cause}`
  }
}

function bytesAsText(text: string): string {
  return text.replace(/<Buffer((?: [0-9a-f]{2})+)( \.\.\. \d+ more bytes?)?>/g, (_, hex, more) => {
    const start = Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1')
    return `Buffer ${inspect(start)}${more ? `…${more.slice(4)}` : ''}`
  })
}

// Kept, as a binary line of megabytes takes seconds else.
const escapes = new Map([
  ['\t', '\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
])

function escaped(character: string): string {
  const known = escapes.get(character)
  if (known !== undefined) return known
  const code = character.charCodeAt(0).toString(16)
  const text = code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
  escapes.set(character, text)
  return text
}
