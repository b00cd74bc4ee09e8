import type { Property } from '../properties/property.ts'

const limitCharacters = 128

// What the load balancer's expressions do not have, though JavaScript or others do.
const unsupported: readonly (readonly [construct: string, found: RegExp])[] = [
  ['lookaround', /\(\?<?[=!]/],
  ['a backreference', /\\[1-9]|\\k[<{']|\(\?P=/],
  ['an atomic group', /\(\?>/],
  ['a possessive quantifier', /[*+?}]\+/],
  ['recursion or a subroutine', /\(\?(?:R|&|P>|[+-]?\d)|\\g[<']/],
  ['a Unicode property', /\\[pP]\{/],
]

/**
 * A regular expression of a rule.
 * @throws ConfigurationError when a load balancer has no such expression
 */
export function readRegex(property: Property, flags = ''): RegExp {
  const source = property.text({ most: limitCharacters })
  const plain = source.replace(/\\\\|\[(?:\\.|[^\]\\])*\]/g, 'x')
  for (const [construct, found] of unsupported) {
    if (found.test(plain)) throw property.invalid(`a regular expression without ${construct}`)
  }
  try {
    return new RegExp(source, flags)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw property.invalid(`a regular expression (${reason})`)
  }
}
