/** A piece of a text, and what comes in its place. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Two edits are of one place. */
export class OverlappingEdits extends Error {
  override readonly name = 'OverlappingEdits'

  constructor() {
    super('one change of it would be within another')
  }
}

/** The text with all of them. @throws OverlappingEdits */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const edit of [...edits].sort((one, other) => one.start - other.start)) {
    if (edit.start < at) throw new OverlappingEdits()
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}

/** Takes a piece out, and its line when nothing else is in it. */
export function removal(text: string, start: number, end: number): Edit {
  const lineStart = Math.max(text.lastIndexOf('\n', start - 1) + 1, 0)
  const nextLine = text.indexOf('\n', end)
  const lineEnd = nextLine < 0 ? text.length : nextLine + 1
  const isAlone = isBlank(text, lineStart, start) && isBlank(text, end, lineEnd)
  return isAlone ? { start: lineStart, end: lineEnd, text: '' } : { start, end, text: '' }
}

// A byte order mark is white space, too, and stays.
function isBlank(text: string, start: number, end: number): boolean {
  return /^[ \t\r\n]*$/.test(text.slice(start, end))
}

/** The end of line that the text has. */
export function lineEndOf(text: string): string {
  return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n'
}

/** The offset of a character from there on that is in no comment. */
export function findToken(text: string, token: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('//', at)) at = endOfComment(text, '\n', at)
    else if (text.startsWith('/*', at)) at = endOfComment(text, '*/', at) + 1
    else if (text[at] === token) return at
  }
  return -1
}

function endOfComment(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from + 2)
  return found < 0 ? text.length : found
}
