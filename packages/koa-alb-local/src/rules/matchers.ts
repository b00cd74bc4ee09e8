import ipaddr from 'ipaddr.js'
import type { Property } from '../properties/property.ts'

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

/** Whether an address is in the network in CIDR notation. */
export function readNetwork(property: Property): (address: string) => boolean {
  const allowed = 'a network in CIDR notation, such as 192.0.2.0/24 or 2001:db8::/32'
  const text = property.text()
  if (text === '255.255.255.255/32') throw property.invalid('another network: AWS refuses this one')
  if (!ipaddr.isValidCIDR(text)) throw property.invalid(allowed)
  const [network, bits] = ipaddr.parseCIDR(text)
  return (address) => {
    if (!ipaddr.isValid(address)) return false
    // An IPv4 client of an IPv6 socket is mapped; `process` gives its IPv4 address back.
    const client = ipaddr.process(address)
    return client.kind() === network.kind() && client.match(network, bits)
  }
}
