import { httpDate } from './date.ts'
import { isTaken } from './fast-ways.ts'
import { trimmed } from './header-lines.ts'
import { type Message, outHeadersOf, type SetFields, undocumented } from './node-members.ts'
import { type Field, type Fields, HOP_BY_HOP, type ResponseHead } from './response.ts'

/** Fields of which Node makes more than a line, or that are not for the client. */
export const UNUSUAL: ReadonlySet<string> = new Set([
  ...HOP_BY_HOP,
  'content-disposition',
  'cookie',
  'expect',
])

const isFast = isTaken('plain-head')

/**
 * Does for the fields that were set one by one what Node's `_storeHeader` does, and gives the head
 * without reading it from the text again: 7 to 13 % less time for a small exchange. Undefined, and
 * nothing done, where anything unusual is in it.
 */
export function storePlainHead(
  message: Message,
  statusLine: string,
  headers: unknown,
): ResponseHead | undefined {
  const set = isFast ? outHeadersOf(message) : undefined
  // Fields that only `writeHead` was given are elsewhere.
  if (set === undefined || (headers ?? null) !== set || !isUsual(message)) return undefined
  const fields: Fields = []
  let isAscii = true
  for (const key in set) {
    // The key is one of it.
    const [name, value, isPlain] = set[key] as SetFields[string]
    // Node's `appendHeader` makes a list of a value, in the same entry.
    if (isPlain && typeof value === 'string') fields.push({ key, name, values: [trimmed(value)] })
    else {
      const values = UNUSUAL.has(key) ? undefined : toValues(key, value)
      if (!values) return undefined
      // No line, no field.
      if (values.length > 0) fields.push({ key, name, values })
      if (typeof value !== 'number') isAscii = false
    }
  }
  return store(message, statusLine, fields, isAscii)
}

function isUsual(message: Message): boolean {
  const members = undocumented(message)
  return (
    message.shouldKeepAlive &&
    message.useChunkedEncodingByDefault &&
    !members.chunkedEncoding &&
    !members._removedConnection &&
    !members._keepAliveTimeout &&
    !members.maxRequestsOnConnectionReached
  )
}

function toValues(key: string, value: unknown): string[] | undefined {
  if (typeof value === 'string') return [trimmed(value)]
  if (typeof value === 'number') return [`${value}`]
  // Node looks at the one value that these have.
  if (!Array.isArray(value) || key === 'content-length' || key === 'date') return undefined
  const values: string[] = []
  for (const one of value) {
    if (typeof one !== 'string') return undefined
    values.push(trimmed(one))
  }
  return values
}

/** Keeps the text as well: middleware asks whether it is there, and its length is counted. */
function store(
  message: Message,
  statusLine: string,
  fields: Fields,
  isAscii: boolean,
): ResponseHead {
  const members = undocumented(message)
  let text = statusLine
  let length: string | undefined
  let isDated = false
  for (const field of fields) {
    text += linesOf(field)
    if (field.key === 'content-length') length = field.values[0]
    else if (field.key === 'date') isDated = true
  }
  const add = (key: string, name: string, value: string): void => {
    fields.push({ key, name, values: [value] })
    text += `${name}: ${value}\r\n`
  }
  if (message.sendDate && !isDated) add('date', 'Date', httpDate())
  text += 'Connection: keep-alive\r\n'
  if (length !== undefined) {
    members._contentLength = Number(length)
    members._removedContLen = false
  } else if (members._hasBody) {
    if (!members._removedContLen && typeof members._contentLength === 'number') {
      add('content-length', 'Content-Length', `${members._contentLength}`)
    } else if (members._removedTE) members._last = true
    else {
      text += 'Transfer-Encoding: chunked\r\n'
      members.chunkedEncoding = true
    }
  }
  members._header = `${text}\r\n`
  members._headerSent = false
  const statusDescription = statusLine.slice('HTTP/1.1 '.length, -2)
  return { statusCode: Number(statusDescription.slice(0, 3)), statusDescription, fields, isAscii }
}

function linesOf({ name, values }: Field): string {
  if (values.length === 1) return `${name}: ${values[0]}\r\n`
  return values.map((value) => `${name}: ${value}\r\n`).join('')
}
