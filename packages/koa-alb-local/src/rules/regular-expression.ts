import { RE2JS, RE2JSSyntaxException } from 're2js'
import type { Property } from '../properties/property.ts'

const limitCharacters = 128

/** A regular expression whose worst text takes time in proportion to its length. */
export interface RegularExpression {
  matches(text: string): boolean
  /** The first match. */
  find(text: string): Match | undefined
}

export interface Match {
  readonly start: number
  readonly end: number
  /** By number, the whole match first; empty for a group that had no part in it. */
  readonly groups: readonly string[]
}

// By what the engine refuses, in the words of a load balancer's documentation.
const constructs: readonly (readonly [words: string, refused: RegExp])[] = [
  ['lookaround', /^\(\?<?[=!]/],
  ['a backreference', /^\\[1-9k]/],
  ['an atomic group', /^\(\?>/],
  ['a possessive quantifier', /^(?:[*+?]|\{[\d,]+\})\+$/],
  ['a backreference or a subroutine', /^\\g|^\(\?P$/],
  ['recursion or a subroutine', /^\(\?[R&\d+-]/],
  ['a Unicode property', /^\\[pP]/],
]

/**
 * A regular expression of a rule.
 * @throws ConfigurationError when a load balancer has no such expression
 */
export function readRegex(property: Property, { ignoreCase = false } = {}): RegularExpression {
  const source = property.text({ most: limitCharacters })
  const flags = RE2JS.DISABLE_UNICODE_GROUPS | (ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
  try {
    return toRegularExpression(RE2JS.compile(source, flags))
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw property.invalid(`a regular expression ${reasonOf(error)}`)
  }
}

function toRegularExpression(engine: RE2JS): RegularExpression {
  return {
    matches: (text) => engine.test(text),
    find(text) {
      const matcher = engine.matcher(text)
      if (!matcher.find()) return undefined
      const numbers = Array.from({ length: matcher.groupCount() + 1 }, (_, number) => number)
      const groups = numbers.map((number) => matcher.group(number) ?? '')
      return { start: matcher.start(), end: matcher.end(), groups }
    },
  }
}

function reasonOf(error: RE2JSSyntaxException): string {
  const refused = error.getPattern() ?? ''
  const [words] = constructs.find(([, pattern]) => pattern.test(refused)) ?? []
  if (words !== undefined) return `without ${words}`
  return `(${error.getDescription()}${refused === '' ? '' : `: ${refused}`})`
}
