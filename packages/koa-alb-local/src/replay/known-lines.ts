import { createHash } from 'node:crypto'
import { modeOf } from '../invocation/header-mode.ts'
import type { AlbEvent } from '../types.ts'
import { valuesOf } from './client-differences.ts'
import { isHttps, otherScheme } from './known-texts.ts'
import type { Reason } from './reason.ts'
import type { Replayed } from './replayed.ts'

/** An event, and how the two functions answer it. */
export interface Answers {
  readonly event: AlbEvent
  readonly old: Replayed
  readonly now: Replayed
}

/** A way in which lines of a header get lost or changed: what the new ones would be then. */
export interface LineFault extends Reason {
  spoilt(values: readonly string[], name: string, answers: Answers): string[][]
}

const secureCookies: LineFault = {
  ...otherScheme,
  spoilt(values, name, { event }) {
    if (isHttps(event)) return []
    if (name !== 'set-cookie') return [values.flatMap((value) => otherScheme.spoilt(value, event))]
    return [values.map((value) => comparable(name, `${value}; secure`))]
  },
}

const lostCookies: LineFault = {
  reason: 'The old function returns several cookies as one or none; now all of them arrive.',
  page: 'docs/alb-behaviour.md#cookie-spellings',
  spoilt: (values, name) =>
    name === 'set-cookie' && values.length > 1 ? [...merged(values), []] : [],
}

const lostLines: LineFault = {
  reason: 'The old function does not return the lines of one header as the app sent them.',
  page: 'docs/alb-behaviour.md#joined-response-headers',
  spoilt(values, name, { event }) {
    if (name === 'set-cookie') return []
    // What is joined already in single mode comes apart at commas.
    const parts = values.flatMap((value) => value.split(', '))
    if (parts.length < 2) return []
    const isOneLine = values.length < 2 && modeOf(event) === 'multi'
    return [...(isOneLine ? [] : merged(parts)), parts, [...parts, parts.join(', ')]]
  },
}

const otherField: LineFault = {
  reason: 'The old function returns it in the header field of the other mode, which is ignored.',
  page: 'docs/alb-behaviour.md#header-fields-of-the-other-mode',
  spoilt(_values, name, { event, old }) {
    const field = modeOf(event) === 'multi' ? 'headers' : 'multiValueHeaders'
    const document: unknown = JSON.parse(old.payload ?? 'null')
    const names = Object.keys(Object(Object(document)[field]))
    if (!names.some((each) => each.toLowerCase() === name)) return []
    return [name === 'content-type' ? ['application/octet-stream'] : []]
  },
}

const blanksInType: LineFault = {
  reason: 'A media type means the same with and without a space before its parameters.',
  page: 'docs/adapters.md#what-is-no-difference',
  spoilt: (values, name) =>
    name === 'content-type' ? [values.map((value) => value.replace(/; /g, ';'))] : [],
}

const etagOfBody: LineFault = {
  reason: 'The etag is made of the body, which differs.',
  page: 'docs/adapters.md#what-is-no-difference',
  spoilt(_values, name, { old, now }) {
    if (name !== 'etag' || old.response.body.equals(now.response.body)) return []
    const [before, after] = [weaknessIfOfBody(old), weaknessIfOfBody(now)]
    if (before === undefined || before !== after) return []
    return [valuesOf(old.response.lines, 'etag')]
  },
}

const sameCookies: LineFault = {
  reason: 'Of cookies of one name, domain and path only the last one is sent.',
  page: 'docs/alb-behaviour.md#one-cookie-of-a-name',
  spoilt(values, name, { old }) {
    const given = valuesOf(old.response.lines, name).map((each) => comparable(name, each))
    const isRepeated = (one: string, other: string): boolean => keyOf(one) === keyOf(other)
    const lasts = given.filter(
      (one, index) => !given.slice(index + 1).some((other) => isRepeated(one, other)),
    )
    return name === 'set-cookie' && lasts.join('\n') === values.join('\n') ? [given] : []
  },
}

/** In the order in which they are tried; a header may show several. */
export const lineFaults: readonly LineFault[] = [
  secureCookies,
  sameCookies,
  lostCookies,
  lostLines,
  blanksInType,
  etagOfBody,
  otherField,
]

/** The value in a form in which those that mean the same are equal: attributes have no order. */
export function comparable(name: string, value: string): string {
  if (name !== 'set-cookie') return value
  return value.split(betweenCookies).map(withSortedAttributes).join(',')
}

// A comma in a date has no equals sign behind it.
const betweenCookies = /, ?(?=[^;,= ]+=)/

function withSortedAttributes(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split(/; ?/)
  const sorted = attributes.map(withoutCase).sort()
  return [pair, ...sorted].join('; ')
}

function withoutCase(attribute: string): string {
  const [, path] = /^path(=.*)$/i.exec(attribute) ?? []
  return path === undefined ? attribute.toLowerCase() : `path${path}`
}

function merged(values: readonly string[]): string[][] {
  return [values.slice(0, 1), values.slice(-1), [values.join(',')], [values.join(', ')]]
}

function keyOf(cookie: string): string {
  const [pair = '', ...attributes] = cookie.split('; ')
  const [name] = pair.split('=', 1)
  return [name, ...attributes.filter((each) => /^(domain|path)=|^partitioned$/.test(each))].join()
}

/** What stands in front of an etag that is made of the body: nothing, or `W/`. */
function weaknessIfOfBody({ response: { lines, body } }: Replayed): string | undefined {
  // By the package etag, which Express and koa-etag have: the length in hexadecimal digits, and a hash.
  const hash = createHash('sha1').update(body).digest('base64').slice(0, 27)
  const made = `"${body.length.toString(16)}-${hash}"`
  const etag = valuesOf(lines, 'etag').join()
  return etag.endsWith(made) ? etag.slice(0, -made.length) : undefined
}
