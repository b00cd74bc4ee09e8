import { isUtf8 } from 'node:buffer'
import type { OutgoingMessage } from 'node:http'
import { bytesOf, escaped } from './escaped.ts'
import { type Fields, fieldOf } from './response.ts'

/**
 * `filename*` beside a `filename` with question marks, which is what frameworks write for names
 * that latin1 has no characters for.
 * @see https://www.rfc-editor.org/rfc/rfc6266#section-4.3
 */
export function toAsciiDisposition(value: string): string {
  const parts = partsOf(value)
  const index = parts.findIndex((part) => nameOf(part) === 'filename')
  const part = parts[index]
  if (part === undefined) return value
  const name = textOf(unquoted(part.slice(part.indexOf('=') + 1).trim()))
  const fallback = name.replace(/[^\0-\x7f]/gu, '?').replace(/["\\]/g, '\\$&')
  parts[index] = ` filename="${fallback}"`
  if (!parts.some((each) => nameOf(each) === 'filename*')) {
    parts.splice(index + 1, 0, ` filename*=UTF-8''${extended(name)}`)
  }
  return parts.join(';').trim()
}

/** The parts between semicolons that stand in no quotes. */
function partsOf(value: string): string[] {
  const parts: string[] = []
  let start = 0
  let isQuoted = false
  for (let index = 0; index < value.length; index++) {
    const character = value[index]
    if (character === '"') isQuoted = !isQuoted
    if (character === '\\' && isQuoted) index++
    if (character !== ';' || isQuoted) continue
    parts.push(value.slice(start, index))
    start = index + 1
  }
  return [...parts, value.slice(start)]
}

function nameOf(part: string): string | undefined {
  const end = part.indexOf('=')
  return end < 0 ? undefined : part.slice(0, end).trim().toLowerCase()
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  return value.slice(1, value.endsWith('"') ? -1 : undefined).replace(/\\(.)/gs, '$1')
}

/** As browsers read the bytes of a file name: UTF-8 where they are, else latin1. */
function textOf(value: string): string {
  const bytes = bytesOf(value)
  return isUtf8(bytes) ? bytes.toString('utf8') : value
}

/** @see https://www.rfc-editor.org/rfc/rfc8187#section-3.2.1 */
function extended(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, escaped)
}

/**
 * Puts the app's own value in the place of what Node made of it: where Node knows the length of the
 * body, it reads the latin1 bytes of a file name as UTF-8, and U+FFFD is left of them.
 * @see https://github.com/nodejs/node/pull/46528
 */
export function restoreDisposition(
  fields: Fields,
  message: OutgoingMessage,
  headers: unknown,
): void {
  const field = fieldOf(fields, 'content-disposition')
  if (!field?.values.some((value) => value.includes('\ufffd'))) return
  const given = message.getHeader(field.name) ?? Object(headers)[field.name]
  if (typeof given === 'string') field.values.splice(0, field.values.length, given)
}
