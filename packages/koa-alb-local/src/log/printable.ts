import { inspect } from 'node:util'

const mostLines = 100

/**
 * The text as one line that neither moves the cursor of a terminal nor sets its title or clipboard:
 * control characters, and those that turn the direction of text, as escapes. Tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, escaped)
}

/** The same line by line, each at the length that is shown. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => shortened(printable(line)))
    .join('\n')
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
  let isCut = false
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  for (const [index, part] of line.split(/(\x1b\[[\d;:]*m)/).entries()) {
    if (index % 2 === 0) {
      const text = printable(part.slice(0, left)).slice(0, left)
      isCut ||= part.length > left
      left -= text.length
      shown += text
    } else if (hasColours) {
      // Those behind the end, too: one of them ends the colour.
      shown += part
    }
  }
  return isCut ? `${shown}…` : shown
}

/** At most this many characters, with an ellipsis for the rest. */
export function shortened(text: string, most = 300): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Whatever was thrown, as `inspect` shows it, but for buffers, which are text. */
export function shownError(error: unknown): string {
  const lines = bytesAsText(inspected(error)).split(/\r?\n/)
  const rest = lines.length - mostLines
  if (rest > 0) lines.splice(mostLines, rest, `… ${rest} more lines`)
  return lines.map((line) => shortened(printable(line))).join('\n')
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

function escaped(character: string): string {
  if (character === '\t') return character
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  const code = character.charCodeAt(0).toString(16)
  return code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`
}
