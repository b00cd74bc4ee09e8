import { stringify } from 'node:querystring'
import type { AlbEvent } from '../types.ts'
import type { Reason } from './reason.ts'

/** A way in which what the app is told gets into its text: what the text would be then. */
export interface TextFault extends Reason {
  spoilt(text: string, event: AlbEvent): string[]
}

const decodedQuery: TextFault = {
  reason: 'The old function encodes the query anew; the app now gets it as the client sent it.',
  page: 'docs/alb-behaviour.md#undecoded-query',
  spoilt(text, event) {
    const pairs = pairsOf(event)
    const sent = pairs.map(([key, value]) => `${key}=${value}`).join('&')
    return rewritings.map(({ seen, written }) => {
      const changed = pairs.flat().map((part) => [decoded(part), seen(part)] as const)
      return replaced(text, [[sent, written(pairs)], ...changed.map(quoted)])
    })
  },
}

const joinedLines: TextFault = {
  reason: 'The old function joins repeated request headers in another way than Node does.',
  page: 'docs/adapters.md#alb221',
  spoilt(text, { multiValueHeaders = {} }) {
    const repeated = Object.values(multiValueHeaders).filter(({ length }) => length > 1)
    return [',', '; '].map((separator) =>
      replaced(
        text,
        repeated.map((values) => [values.join(', '), values.join(separator)]),
      ),
    )
  },
}

const lostAddress: TextFault = {
  reason: "The old function does not know the client's address; now it is that of the client.",
  page: 'docs/alb-behaviour.md#client-address',
  spoilt(text, event) {
    const address = lastOf(event, 'x-forwarded-for')?.split(',').at(-1)?.trim()
    if (!address) return []
    return ['', '127.0.0.1', '::1'].map((other) => text.replaceAll(address, other))
  },
}

export const otherScheme: TextFault = {
  reason: 'The old function takes every request for HTTPS, which this one is not.',
  page: 'docs/alb-behaviour.md#encrypted-behind-https',
  spoilt: (text, event) => (isHttps(event) ? [] : [text.replace(/\bhttp\b/g, 'https')]),
}

/** In the order in which they are tried; a text may show several. */
export const textFaults: readonly TextFault[] = [
  decodedQuery,
  joinedLines,
  lostAddress,
  otherScheme,
]

export function isHttps(event: AlbEvent): boolean {
  return lastOf(event, 'x-forwarded-proto') === 'https'
}

/** Whether a key or a value of the query has a percent sign that is no escape. */
export function hasMalformedQuery(event: AlbEvent): boolean {
  return pairsOf(event)
    .flat()
    .some((part) => /%(?![\da-f]{2})/i.test(part))
}

type Pair = readonly [key: string, value: string]

/** What adapters make of a query: what the app sees of a part, and what it was written as. */
const rewritings: readonly {
  seen(part: string): string
  written(pairs: readonly Pair[]): string
}[] = [
  { seen: decoded, written: (pairs) => stringified(pairs, decoded) },
  { seen: unescaped, written: (pairs) => stringified(pairs, unescaped) },
  {
    seen: (part) => part,
    written: (pairs) =>
      new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, value])).toString(),
  },
  { seen: (part) => part, written: (pairs) => stringified(pairs, (part) => part) },
]

function stringified(pairs: readonly Pair[], form: (part: string) => string): string {
  return pairs.map(([key, value]) => stringify({ [form(key)]: form(value) })).join('&')
}

function pairsOf(event: AlbEvent): Pair[] {
  const { queryStringParameters = {}, multiValueQueryStringParameters: lists } = event
  if (!lists) return Object.entries(queryStringParameters)
  return Object.entries(lists).flatMap(([key, values]) => values.map((value): Pair => [key, value]))
}

function decoded(part: string): string {
  return unescaped(part.replaceAll('+', ' '))
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

// As a string in JSON, which most answers that show a query are.
function quoted([from, to]: readonly [string, string]): readonly [string, string] {
  return [JSON.stringify(from), JSON.stringify(to)]
}

function replaced(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((all, [from, to]) => (from === '' ? all : all.replaceAll(from, to)), text)
}

function lastOf({ headers, multiValueHeaders }: AlbEvent, name: string): string | undefined {
  return multiValueHeaders ? multiValueHeaders[name]?.at(-1) : headers?.[name]
}
