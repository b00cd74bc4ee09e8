import { Refusal } from '../answer/refusal.ts'
import type { HeaderLine } from '../types.ts'

/** A response document that passed every check. */
export interface ResponseDocument {
  readonly statusCode: number
  readonly statusDescription: string | undefined
  readonly lines: readonly HeaderLine[]
  readonly body: Buffer
}

type Fields = Readonly<Record<string, unknown>>

const documentLimitBytes = 1_048_576
/** The fields of a document; all others are ignored. */
export const knownFields = [
  'statusCode',
  'statusDescription',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
]
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const fieldValue = /^[\t\x20-\x7e]*$/

/**
 * The document in a payload, checked field by field.
 * @throws Refusal 502 that names the field and what it holds
 */
export function parseDocument(payload: string, multiValueHeaders: boolean): ResponseDocument {
  const size = Buffer.byteLength(payload)
  if (size > documentLimitBytes) {
    const message = `the response document takes ${size} bytes, limit ${documentLimitBytes}`
    throw new Refusal(502, message, { errorReason: 'LambdaResponseTooLarge' })
  }
  const fields = parseFields(payload)
  for (const name of knownFields) if (fields[name] === null) throw invalid(name, null, 'not null')
  return {
    statusCode: statusCodeOf(fields),
    statusDescription: optionalString(fields, 'statusDescription'),
    lines: multiValueHeaders ? multiValueLines(fields) : singleValueLines(fields),
    body: bodyOf(fields),
  }
}

function parseFields(payload: string): Fields {
  let document: unknown
  try {
    document = JSON.parse(payload)
  } catch (cause) {
    throw new Refusal(502, 'the response is not JSON', {
      errorReason: 'LambdaInvalidResponse',
      cause,
    })
  }
  if (!isObject(document)) throw invalid('the response', document, 'an object with a statusCode')
  return document
}

function statusCodeOf({ statusCode }: Fields): number {
  if (
    typeof statusCode === 'number' &&
    Number.isInteger(statusCode) &&
    statusCode >= 200 &&
    statusCode <= 599
  ) {
    return statusCode
  }
  throw invalid('statusCode', statusCode, 'an integer from 200 to 599')
}

function singleValueLines({ headers = {} }: Fields): HeaderLine[] {
  if (!isObject(headers)) throw invalid('headers', headers, 'an object')
  return Object.entries(headers).map(([name, value]) => checkedLine('headers', name, value))
}

function multiValueLines({ multiValueHeaders = {} }: Fields): HeaderLine[] {
  const field = 'multiValueHeaders'
  if (!isObject(multiValueHeaders)) throw invalid(field, multiValueHeaders, 'an object')
  return Object.entries(multiValueHeaders).flatMap(([name, values]) => {
    if (!Array.isArray(values)) throw invalid(fieldPath(field, name), values, 'an array of strings')
    return values.map((value) => checkedLine(field, name, value))
  })
}

function checkedLine(field: string, name: string, value: unknown): HeaderLine {
  if (!token.test(name)) throw invalid(`${field} name`, name, 'an HTTP token')
  if (typeof value !== 'string') throw invalid(fieldPath(field, name), value, 'a string')
  if (!fieldValue.test(value)) {
    throw invalid(fieldPath(field, name), value, 'ASCII without control characters')
  }
  return [name, value]
}

function bodyOf(fields: Fields): Buffer {
  const body = optionalString(fields, 'body') ?? ''
  const { isBase64Encoded = false } = fields
  if (typeof isBase64Encoded !== 'boolean') {
    throw invalid('isBase64Encoded', isBase64Encoded, 'a boolean')
  }
  // JSON can hold half a surrogate pair; UTF-8 cannot, and would say U+FFFD in its place.
  if (!isBase64Encoded && !body.isWellFormed()) {
    throw invalid('body', body, 'text without lone surrogates')
  }
  if (!isBase64Encoded) return Buffer.from(body)
  if (!isBase64(body)) throw invalid('body', body, 'base64 without line breaks, padded')
  return Buffer.from(body, 'base64')
}

function isBase64(text: string): boolean {
  return text.length % 4 === 0 && !/[^A-Za-z0-9+/]/.test(text.replace(/={1,2}$/, ''))
}

function optionalString(fields: Fields, name: string): string | undefined {
  const value = fields[name]
  if (value === undefined || typeof value === 'string') return value
  throw invalid(name, value, 'a string')
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fieldPath(field: string, name: string): string {
  return `${field}[${JSON.stringify(name)}]`
}

function invalid(field: string, found: unknown, allowed: string): Refusal {
  const message = `${field} is ${shown(found)}, must be ${allowed}`
  return new Refusal(502, message, { errorReason: 'LambdaInvalidResponse' })
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing'
  const text = JSON.stringify(pruned(value))
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

// A payload may nest deeper than every Node can write again.
function pruned(value: unknown, levels = 4): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (levels === 0) return '…'
  if (Array.isArray(value)) return value.map((item) => pruned(item, levels - 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, pruned(item, levels - 1)]),
  )
}
