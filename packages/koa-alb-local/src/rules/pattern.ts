/** Any text of any length, any one character, or this character. */
type Token = { readonly any: 'text' | 'character' } | { readonly character: string }

/** A pattern with the wildcards `*` and `?`. */
export interface Pattern {
  readonly wildcards: number
  matches(text: string): boolean
}

interface PatternOptions {
  readonly ignoreCase: boolean
  /** Whether a backslash takes the meaning of the wildcard after it. */
  readonly escapes: boolean
}

export function toPattern(source: string, { ignoreCase, escapes }: PatternOptions): Pattern {
  const tokens = tokensOf(ignoreCase ? source.toLowerCase() : source, escapes)
  return {
    wildcards: tokens.filter((token) => 'any' in token).length,
    matches: (text) => matches(tokens, ignoreCase ? text.toLowerCase() : text),
  }
}

function tokensOf(source: string, escapes: boolean): Token[] {
  const tokens: Token[] = []
  for (const [part] of source.matchAll(escapes ? /\\[*?\\]|./gs : /./gs)) {
    if (part === '*') tokens.push({ any: 'text' })
    else if (part === '?') tokens.push({ any: 'character' })
    else tokens.push({ character: part.at(-1) ?? '' })
  }
  return tokens
}

// A regular expression for `*a*a*a*` takes seconds to refuse a long text without an end. This goes
// back to the last `*` only, which is enough: an earlier one could not match more.
function matches(tokens: readonly Token[], text: string): boolean {
  let token = 0
  let at = 0
  let star = -1
  let starAt = 0
  while (at < text.length) {
    const current = tokens[token]
    if (current && 'any' in current && current.any === 'text') {
      star = token++
      starAt = at
    } else if (current && ('any' in current || current.character === text[at])) {
      token++
      at++
    } else if (star >= 0) {
      token = star + 1
      at = ++starAt
    } else return false
  }
  return tokens.slice(token).every((rest) => 'any' in rest && rest.any === 'text')
}
